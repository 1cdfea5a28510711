using System.Text;
using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>A header compiles whatever the interface calls things.</summary>
public class HostileNameTests
{
    [Theory]
    [InlineData("cc -x c -std=c99 -Wpedantic")]
    [InlineData("cc -x c")]
    [InlineData("cc -x c -std=gnu2x")]
    [InlineData("c++ -x c++ -std=c++17 -Wpedantic")]
    [InlineData("c++ -x c++")]
    [InlineData("c++ -x c++ -std=gnu++20")]
    public void Reserved_words_and_every_macro_of_the_compiler_and_the_systems_headers_can_be_names(string compiler)
    {
        ContractModel model = HostileNames.Read(HostileNames.Source(HostileNames.All));
        var text = new StringBuilder(HostileNames.Includes).Append("#define HOSTILE_NAMES_1_SKELETON\n").Append(HeaderText.Of(model));
        text.Append("int call(const hostile_names_1 *t, const hostile_fields *f);\nint call(const hostile_names_1 *t, const hostile_fields *f) {\n    int32_t r = 0;\n");
        foreach (MemberModel member in model.Members)
        {
            text.Append($"    r += t->{member.CName}(t->context, f->{model.Types[0].Fields.First(field => field.Name == member.Name).CName}, f, \"\", 0, &r, NULL);\n");
        }

        text.Append("    return r + (int)hostile_names_1_table_.minor;\n}\n");

        string errors = Compile(compiler, text.ToString());
        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public void A_name_that_is_in_nobodys_way_stays_as_it_is()
    {
        string[] names = ["type", "match", "ref", "final", "import", "value", "count", "log", "floor", "time", "index"];

        Assert.Equal(names, names.Select(CNames.Function));
    }

    [Fact]
    public void Rust_can_write_every_name()
    {
        if (!CanRun("rustc"))
        {
            return;
        }

        ContractModel model = HostileNames.Read(HostileNames.Source(HostileNames.All));
        string fields = string.Concat(model.Members.Select(member => $"pub r#{member.CName}: i32, "));

        (int status, _, string errors) = HostileNames.Run(
            ["rustc", "--edition", "2021", "--crate-type", "lib", "--emit", "metadata", "-o", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.rmeta"), "-"],
            $"#![allow(dead_code, non_snake_case)] #[repr(C)] pub struct Names {{ {fields} }}");

        Assert.True(status == 0, errors);
    }

    [Theory]
    [InlineData("int", "int_")]
    [InlineData("Linux", "linux_")]
    [InlineData("Errno", "errno_")]
    [InlineData("Size_t", "size_t_")]
    [InlineData("Np.Sink", "np_sink_")]
    [InlineData("Imaging.Size", "imaging_size")]
    public void A_type_that_C_knows_otherwise_has_another_name_there(string type, string name) => Assert.Equal(name, CNames.Type("global::" + type));

    [Fact]
    public void What_native_plugins_h_declares_is_known()
    {
        string header = System.Text.RegularExpressions.Regex.Replace(
            File.ReadAllText(Repository.PathOf("abi/native_plugins.h")), @"/\*.*?\*/", "", System.Text.RegularExpressions.RegexOptions.Singleline);
        string[] declared = [.. System.Text.RegularExpressions.Regex.Matches(header, @"\bnp_[a-z0-9_]*[a-z0-9]\b").Select(match => match.Value).Where(name => name != "np_assert").Distinct()];

        Assert.Equal([], declared.Except(ReservedNames.Declared));
    }

    [Fact]
    public void The_macros_of_ISO_C_that_may_be_the_name_of_a_value_are_known()
    {
        string includes = string.Concat("assert ctype errno fenv float inttypes limits locale math setjmp signal stdarg stddef stdint stdio stdlib string time wchar wctype".Split(' ').Select(name => $"#include <{name}.h>\n"));
        string macros = HostileNames.Run(["cc", "-x", "c", "-std=c99", "-dM", "-E", "-"], includes).Output;
        string[] names = [.. System.Text.RegularExpressions.Regex.Matches(macros, @"^#define ([A-Z][A-Z0-9]*_[A-Z0-9_]*)\b", System.Text.RegularExpressions.RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(names);
        Assert.Equal([], names.Except(ReservedNames.Constants));
    }

    private static string Compile(string compiler, string source) => HostileNames.Run(
        [.. compiler.Split(' '), "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", Repository.PathOf("abi"), "-"], source).Errors;

    private static bool CanRun(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));
}
