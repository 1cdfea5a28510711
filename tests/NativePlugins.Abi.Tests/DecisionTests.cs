using System.Text.RegularExpressions;

namespace NativePlugins.Abi.Tests;

/// <summary>
/// The decisions that the ABI rests on, one test or more each, by their numbers. Decision 11, the manifest, stands beside the
/// library and not in it: it is the host's to test.
/// </summary>
public partial class DecisionTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Fact]
    public void Decision_01_the_entry_is_an_exported_function_with_the_major_version_in_its_name()
    {
        Assert.Equal(["np_plugin_entry_v1"], ExportedNames.Of(build.Fixture("echo")));

        var other = build.Fixture("abi_entry_v2");
        Assert.Equal(["np_plugin_entry_v2"], ExportedNames.Of(other));
        Assert.Equal("expected the export np_plugin_entry_v1, found none\n", build.RunInCHost(other).Error);
    }

    [Theory]
    [InlineData("wrong_magic", "magic: expected 0x474c504e, found 0x21444142\n")]
    [InlineData("abi_major_2", "ABI major: expected 0x1, found 0x2\n")]
    [InlineData("struct_too_small", "size of np_plugin_description: expected at least 136, found 128\n")]
    [InlineData("wrong_pointer_size", "pointer size: expected 0x8, found 0x4\n")]
    [InlineData("wrong_layout_hash", "layout hash: expected 0x4781c6705de554bc, found 0x4781c6705de554bd\n")]
    public void Decision_02_the_static_description_comes_first_and_a_refusal_says_expected_and_found(string fixture, string refusal) =>
        Assert.Equal(new ProgramRun(76, "", refusal), build.RunInCHost(build.Fixture(fixture)));

    [Fact]
    public void Decision_03_the_size_is_the_first_member_of_every_struct_that_crosses() =>
        Assert.All(CHeader.Current.Structs.Values, members => Assert.Equal("uint32_t struct_size", members[0].Declaration));

    [Fact]
    public void Decision_03_a_larger_struct_is_accepted_and_a_smaller_one_refused()
    {
        Assert.Equal(0, build.RunInCHost(build.Fixture("larger_structs")).ExitCode);
        Assert.Equal("size of np_command: expected at least 24, found 16\n", build.RunInCHost(build.Fixture("bad_sizes_in_service")).Error);
        Assert.Equal("size of np_plugin: expected at least 48, found 40\n", build.RunInCHost(build.Fixture("plugin_too_small")).Error);
    }

    [Fact]
    public void Decision_03_no_array_of_structs_crosses() =>
        Assert.All(AllTypes(), type => Assert.DoesNotMatch(@"np_\w+ \*(const )?\*(const )?\*|np_\w+ \w+\[", type));

    [Fact]
    public void Decision_04_services_have_an_id_with_namespace_name_and_major_and_both_sides_ask_in_the_same_way()
    {
        var ids = CHeader.Current.Constants().Where(pair => pair.Key.EndsWith("_ID", StringComparison.Ordinal)).ToArray();
        Assert.Equal(7, ids.Length);
        Assert.All(ids, id => Assert.Equal($"\"{id.Key.ToLowerInvariant().Replace("np_", "np.", StringComparison.Ordinal)[..^3]}/1\"", id.Value));

        Assert.Equal(
            CHeader.Current.Structs["np_host"].Single(member => member.Name == "get_service").Declaration,
            CHeader.Current.Structs["np_plugin"].Single(member => member.Name == "get_service").Declaration);
    }

    [Fact]
    public void Decision_04_both_sides_live_without_a_service_that_they_did_not_get()
    {
        Assert.Equal("larger_structs ran without acme.unknown/9\n", build.RunInCHost(build.Fixture("larger_structs")).Output);
        Assert.Equal("np.command/1: expected status 0, found -5\n", build.RunInCHost(build.Fixture("no_command")).Error);
    }

    [Fact]
    public void Decision_05_a_plugin_imports_nothing_from_the_host()
    {
        Assert.DoesNotContain(ExportedNames.ImportsOf(build.Fixture("log_lines")), name => name.StartsWith("np_", StringComparison.Ordinal));
        Assert.Equal(["np_plugin_entry_v1"], Prototype().Matches(CHeader.Current.Declarations()).Select(match => match.Groups["name"].Value));
    }

    [Fact]
    public void Decision_06_only_fixed_width_numbers_pointers_and_size_t_cross()
    {
        Assert.All(AllTypes(), type => Assert.Matches(@"^(u?int(8|16|32|64)_t|size_t)$|^(const )?(void|char|size_t|u?int(8|16|32|64)_t|np_\w+) \*(const \*)?\*?$", type));
        Assert.DoesNotMatch(@"\b(bool|_Bool|enum|union|long|short|int|unsigned|float|double|wchar_t)\b", CHeader.Current.Declarations());
        Assert.All(CHeader.Current.Structs.Values.SelectMany(members => members), member => Assert.DoesNotMatch(@":|\[", member.Declaration));
    }

    [Fact]
    public void Decision_06_every_function_names_the_calling_convention() =>
        Assert.Equal(FunctionPointer().Count(CHeader.Current.Declarations()), ConventionalPointer().Count(CHeader.Current.Declarations()));

    [Fact]
    public void Decision_07_a_text_is_a_pointer_and_a_length()
    {
        foreach (var declarations in CHeader.Current.Structs.Values.Select(members => members.Select(member => member.Declaration).ToArray())
            .Concat(Functions().Select(function => function.Parameters)))
        {
            for (var i = 0; i < declarations.Length; i++)
            {
                if (TextDeclaration().Match(declarations[i]) is { Success: true } text)
                {
                    Assert.Equal($"size_t {text.Groups["name"].Value}_length", declarations.ElementAtOrDefault(i + 1));
                }
            }
        }
    }

    [Fact]
    public void Decision_07_nothing_is_handed_over_that_the_other_side_must_free()
    {
        var outPointers = Functions().SelectMany(function => function.Parameters).Where(parameter => OutPointer().IsMatch(parameter)).Distinct();

        // What these two hand over, an instance and a service, are tables that belong to the plugin, which frees them.
        Assert.Equal(["const np_plugin **plugin", "const void **service"], outPointers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Decision_08_every_call_returns_a_status() =>
        Assert.All(Functions(), function => Assert.Equal("int32_t", function.Returns));

    [Fact]
    public void Decision_08_the_failing_side_reports_code_and_text_on_the_same_call()
    {
        var outcome = build.RunInCHost(build.Fixture("fault_in_run"));

        Assert.StartsWith("error -2: fixture::Fault: run went wrong\n   at fixture::fault()\n", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("run: expected status 0, found -2\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decision_09_every_function_says_thread_and_state_in_the_last_line_of_its_comment()
    {
        Assert.NotEmpty(CHeader.Current.Functions);
        Assert.All(CHeader.Current.Functions, function => Assert.Matches(
            @"\n\s*\* \[(in-call|(lifecycle-thread|any-thread)( & (described|created|started)(, (created|started))*)?)\] \*/$|\[in-call\] \*/$",
            CHeader.Current.CommentBefore(function)));
    }

    [Fact]
    public void Decision_10_the_pairs_are_repeatable_and_instances_are_independent()
    {
        using var library = new LoadedPlugin(build.Sample("hello_cpp"));
        var first = library.Create();
        var second = library.Create();

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(np.NP_OK, first.Start());
            Assert.Equal(np.NP_E_INVALID_STATE, first.Start());
            Assert.Equal(np.NP_E_INVALID_STATE, second.Stop());
            Assert.Equal(np.NP_OK, first.Stop());
            Assert.Equal(np.NP_E_INVALID_STATE, first.Stop());
        }

        Assert.Equal(np.NP_OK, second.Start());
        Assert.Equal(np.NP_E_INVALID_STATE, second.Destroy());
        Assert.Equal(np.NP_OK, first.Destroy());
        Assert.Equal(np.NP_OK, second.Stop());
        Assert.Equal(np.NP_OK, second.Destroy());
    }

    [Fact]
    public void Decision_12_what_became_stable_needs_no_opt_in_and_kept_its_id()
    {
        var source = Path.Combine(build.Scratch, "stable.c");
        File.WriteAllText(source, """
            #include "native_plugins.h"
            #include <stdio.h>
            static np_state state;
            static np_memory memory;
            int main(void) { (void)state; (void)memory; return printf("%s %s", NP_STATE_ID, NP_MEMORY_ID) < 0; }
            """);
        var program = Path.Combine(build.Scratch, "stable");
        Command.Succeed("cc", "-Iabi", "-o", program, source);

        Assert.Equal("np.state/1 np.memory/1", Command.Succeed(program));
    }

    /// <summary>The members that are functions, and the callbacks among their parameters.</summary>
    private static IEnumerable<(string Returns, string[] Parameters)> Functions() =>
        CHeader.Current.Functions.SelectMany(function => function.Parameters
            .Select(parameter => Callback().Match(parameter))
            .Where(match => match.Success)
            .Select(match => (match.Groups["returns"].Value, match.Groups["parameters"].Value.Split(", ")))
            .Prepend((function.Returns!, function.Parameters)));

    /// <summary>The types of all members and parameters that are not functions themselves.</summary>
    private static IEnumerable<string> AllTypes() =>
        CHeader.Current.Structs.Values.SelectMany(members => members).Where(member => !member.IsFunction).Select(member => member.Declaration)
            .Concat(Functions().SelectMany(function => function.Parameters).Where(parameter => !Callback().IsMatch(parameter)))
            .Select(declaration => Name().Replace(declaration, "").Trim());

    [GeneratedRegex(@"^NP_EXPORT [\w ]*?(?<name>np_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Prototype();

    [GeneratedRegex(@"\(\s*(NP_CALL )?\*\s*\w+\)\(")]
    private static partial Regex FunctionPointer();

    [GeneratedRegex(@"\(NP_CALL \*\w+\)\(")]
    private static partial Regex ConventionalPointer();

    [GeneratedRegex(@"^(const )?char \*(?<name>\w+)$")]
    private static partial Regex TextDeclaration();

    [GeneratedRegex(@"^(const )?\w+ \*\*\w+$")]
    private static partial Regex OutPointer();

    [GeneratedRegex(@"^(?<returns>\w+)\(NP_CALL \*\w+\)\((?<parameters>.*)\)$")]
    private static partial Regex Callback();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex Name();
}
