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
        ProgramRun compiled = ProgramRun.Of(new ProcessStartInfo(
            compiler,
            [standard, "-x", language, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-I", Repository.PathOf("abi"), "-o", program, Repository.PathOf("tests/contracts/reading.c")]));
        Assert.Equal("", compiled.Error);

        Assert.Equal(0, ProgramRun.Of(new ProcessStartInfo(program)).ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
