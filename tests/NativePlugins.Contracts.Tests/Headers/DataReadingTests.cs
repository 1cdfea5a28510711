using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>native_plugins_data.h: what reads data in C.</summary>
public sealed class DataReadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-reading-").FullName;

    [Theory]
    [InlineData("cc", "-std=c99", "c")]
    [InlineData("c++", "-std=c++17", "c++")]
    public void Texts_lists_options_and_dictionaries_are_read(string compiler, string standard, string language)
    {
        string program = Path.Combine(_folder, OperatingSystem.IsWindows() ? "reading.exe" : "reading");
        Assert.Equal("", Compile(compiler, standard, language, "-o", program, Repository.PathOf("tests/contracts/reading.c")).Error);

        Assert.Equal(0, ProgramRun.Of(new ProcessStartInfo(program)).ExitCode);
    }

    [Theory]
    [InlineData("cc", "-std=c99", "c")]
    [InlineData("c++", "-std=c++17", "c++")]
    public void The_compiler_refuses_to_look_up_a_text_in_a_dictionary_with_other_keys(string compiler, string standard, string language)
    {
        string With(string key)
        {
            string source = Path.Combine(_folder, "lookup.c");
            File.WriteAllText(source, $$"""
                #include "native_plugins_data.h"
                typedef struct entry { {{key}} key; int32_t value; } entry;
                typedef struct entries { const entry *items; size_t count; } entries;
                int32_t has(const entries *of);
                int32_t has(const entries *of) { return NP_LOOKUP(*of, np_text_of("Ada")) != NULL; }

                """);
            return Compile(compiler, standard, language, "-fsyntax-only", source).Error;
        }

        Assert.Equal("", With("np_text"));
        Assert.Contains("NP_LOOKUP", With("int64_t"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ProgramRun Compile(string compiler, string standard, string language, params string[] arguments) => ProgramRun.Of(new ProcessStartInfo(
        compiler, [standard, "-x", language, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-I", Repository.PathOf("abi"), .. arguments]));
}
