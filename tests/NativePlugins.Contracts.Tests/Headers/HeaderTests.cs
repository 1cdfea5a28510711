using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>The C headers that the build writes.</summary>
public class HeaderTests
{
    public static IEnumerable<object[]> Compilations =>
        Repository.Headers.SelectMany(header => new object[][] { ["cc -std=c99", header], ["c++ -std=c++17", header] });

    [Theory]
    [MemberData(nameof(Compilations))]
    public void A_header_compiles_with_its_skeleton_and_no_warning(string compiler, string header)
    {
        string macro = Path.GetFileNameWithoutExtension(header).ToUpperInvariant();

        string errors = Compile(compiler, $"#define {macro}_SKELETON\n#include \"{header}\"\nint main(void) {{ return {macro}_MINOR > 65535u; }}\n");

        Assert.Equal("", errors);
    }

    [Fact]
    public void All_headers_compile_together() =>
        Assert.Equal("", Compile("cc -std=c99", string.Concat(Repository.Headers.Select(header => $"#include \"{header}\"\n")) + "int main(void) { return 0; }\n"));

    private static string Compile(string compiler, string source)
    {
        string[] words = compiler.Split(' ');
        string[] arguments =
        [
            words[1], "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
            "-I", Repository.PathOf("abi"), "-I", Repository.HeaderDirectory, "-x", words[0] == "cc" ? "c" : "c++", "-",
        ];
        return ProgramRun.Of(new ProcessStartInfo(words[0], arguments), source).Error;
    }
}
