using System.Runtime.InteropServices;

namespace NativePlugins.Build;

/// <summary>Linux on another processor: what compiles for it on this machine, and how its programs run here.</summary>
/// <param name="Rid">Its runtime identifier; also the folder of <c>artifacts/</c> that all of it goes to.</param>
/// <param name="Processor">Its processor.</param>
/// <param name="Tools">What the names of its compilers begin with.</param>
internal sealed record CrossTarget(string Rid, Architecture Processor, string Tools)
{
    private const string RustTarget = "aarch64-unknown-linux-gnu";

    public static CrossTarget Arm64 { get; } = new("linux-arm64", Architecture.Arm64, "aarch64-linux-gnu");

    public string C => $"{Tools}-gcc";

    public string Cpp => $"{Tools}-g++";

    /// <summary>What <c>rustc</c> is given to compile for it.</summary>
    public IReadOnlyList<string> RustArguments => ["--target", RustTarget, "-C", $"linker={C}"];

    /// <summary>Why its programs cannot be compiled or do not run here, and what to install; null where they do.</summary>
    public string? Obstacle(Workspace workspace) =>
        !OperatingSystem.IsLinux() ? $"Programs for {Rid} are cross-compiled on Linux only."
        : Array.Find([C, Cpp, $"{Tools}-objcopy"], tool => !Tool.Exists(tool)) is string missing
            ? $"{missing} is missing. Debian, Ubuntu: apt-get install g++-{Tools} libc6-dev-arm64-cross"
        : Tool.Capture(workspace, C, "-fsyntax-only", "-include", "stdlib.h", "-x", "c", "/dev/null").ExitCode != 0
            ? $"{C} finds no headers of the C library. Debian, Ubuntu: apt-get install libc6-dev-arm64-cross"
        : CanRun(workspace) ? null
        : $"""
            Programs for {Rid} do not run on this machine ({RuntimeInformation.RuntimeIdentifier}).
            Debian, Ubuntu, as root:
              apt-get install qemu-user-static
              mkdir -p /etc/qemu-binfmt && ln -sfn /usr/{Tools} /etc/qemu-binfmt/aarch64
              mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
              cat /usr/lib/binfmt.d/qemu-aarch64.conf > /proc/sys/fs/binfmt_misc/register
            The last two are not needed where the system has registered it.
            """;

    /// <summary>Ends the build where there is an <see cref="Obstacle"/>.</summary>
    public void Require(Workspace workspace)
    {
        if (Obstacle(workspace) is string obstacle)
        {
            throw new BuildException(obstacle, ExitCode.PrerequisiteMissing);
        }
    }

    /// <summary>Whether <c>rustc</c> has the standard library for it.</summary>
    public static bool HasRust(Workspace workspace) =>
        Tool.Exists("rustc") && Directory.Exists(Tool.Capture(workspace, "rustc", "--print", "target-libdir", "--target", RustTarget).Output.Trim());

    /// <summary>The properties of MSBuild that make <c>dotnet publish</c> compile and link for it.</summary>
    public IEnumerable<string> Properties(Workspace workspace) =>
    [
        $"-p:RuntimeIdentifier={Rid}", $"-p:ArtifactsPath={workspace.Artifacts}/",
        $"-p:CppCompilerAndLinker={Linker(workspace)}", $"-p:ObjCopyName={Tools}-objcopy",
    ];

    // NativeAOT passes clang's way of naming the target to every compiler but that named gcc, which has no such option.
    private string Linker(Workspace workspace)
    {
        var linker = Path.Combine(workspace.Artifacts, "link");
        File.WriteAllText(linker, $"""
            #!/bin/sh
            for argument; do
                shift
                case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
            done
            exec {C} "$@"

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(linker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return linker;
    }

    private bool CanRun(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.Artifacts);
        var source = Path.Combine(workspace.Artifacts, "runs.c");
        var program = Path.Combine(workspace.Artifacts, "runs");
        File.WriteAllText(source, "int main(void) { return 0; }\n");
        Tool.Require(workspace, "The cross compiler does not work.", C, "-o", program, source);
        try
        {
            return Tool.Capture(workspace, program).ExitCode == 0;
        }
        catch (BuildException)
        {
            return false;
        }
    }
}
