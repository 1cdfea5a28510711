using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NativePlugins.Repository.Tests.CrossPublishing;

/// <summary>The other one of x64 and arm64, and what this machine has to build for it.</summary>
internal static class OtherProcessor
{
    private static readonly bool s_isX64 = RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64;
    private static readonly Lazy<string?> s_restoreProblem = new(TryRestore);

    public static string Rid => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{(s_isX64 ? "arm64" : "x64")}";

    /// <summary>As an inspection names it.</summary>
    public static string Architecture => s_isX64 ? "AArch64" : "x86-64";

    /// <summary>What Debian's cross compiler and binutils for it begin with.</summary>
    public static string Tools => s_isX64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>Why NativeAOT for it cannot be restored here; null where it can.</summary>
    public static string? RestoreProblem => s_restoreProblem.Value;

    /// <summary>Why nothing can be linked for it here; null where it can.</summary>
    public static string? LinkProblem =>
        !OperatingSystem.IsLinux() ? "links with the cross tools of Linux"
        : Missing.Length > 0 ? $"{string.Join(", ", Missing)} is not on the PATH (apt-get install g++-{Package} libc6-dev-{(s_isX64 ? "arm64" : "amd64")}-cross)"
        : null;

    // A compiler alone does not link: it needs the C library's start files for the other processor too.
    private static string[] Missing => Linter.Find($"{Tools}-gcc") is not string gcc ? [$"{Tools}-gcc"]
        : Linter.Find($"{Tools}-objcopy") is null ? [$"{Tools}-objcopy"]
        : Run(RepositoryFiles.Root, gcc, "-print-file-name=crti.o").Output.Trim() == "crti.o" ? [$"crti.o of {Tools}"]
        : [];

    private static string Package => Tools.Replace('_', '-');

    public static (int Status, string Output) Dotnet(string directory, params string[] arguments) => Run(directory, "dotnet", arguments);

    private static (int Status, string Output) Run(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        ProgramRun run = ProgramRun.Of(start);
        return (run.ExitCode, run.AllOutput);
    }

    private static string? TryRestore()
    {
        string folder = Directory.CreateTempSubdirectory("native-plugins-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Probe.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>{CrossPublishTests.Framework}</TargetFramework>
                    <PublishAot>true</PublishAot>
                    <RuntimeIdentifier>{Rid}</RuntimeIdentifier>
                  </PropertyGroup>
                </Project>
                """);
            (int status, string output) = Dotnet(folder, "restore", "-nologo");
            return status == 0 ? null : $"NativeAOT for {Rid} cannot be restored here: {output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A test that compiles for the other processor, and with <c>links</c> links too; skipped with the reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherProcessorFactAttribute : FactAttribute
{
    public OtherProcessorFactAttribute(bool links = false) => Skip = (links ? OtherProcessor.LinkProblem : null) ?? OtherProcessor.RestoreProblem;
}
