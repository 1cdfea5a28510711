using System.Runtime.InteropServices;

namespace NativePlugins.Build;

/// <summary>
/// Compiles what applications need as native code, handlers of signals, for each Linux that has a compiler here, into
/// <c>artifacts/native/&lt;rid&gt;</c>, from where projects and packages take it.
/// </summary>
internal static class SignalHelper
{
    public const string Name = "libnative_plugins_signals.so";

    private const string Folder = "host/NativePlugins.Host/Native";

    private static readonly string[] s_sources = [$"{Folder}/signal_dispatcher.c", $"{Folder}/last_words.c"];

    // Without any library: the symbols are bound to the C library that the process has, whichever that is. It stays mapped for good.
    private static readonly string[] s_arguments =
    [
        "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fPIC", "-fvisibility=hidden", "-nostdlib", "-Wl,--build-id=none",
    ];

    private static readonly string[] s_shared = ["-shared", "-Wl,-soname," + Name, "-Wl,-z,now", "-Wl,-z,nodelete", "-Wl,-z,noexecstack"];

    private static readonly (string Rid, Architecture Processor, string Compiler, string Package)[] s_targets =
        [("linux-x64", Architecture.X64, "x86_64-linux-gnu-gcc", "gcc-x86-64-linux-gnu libc6-dev-amd64-cross"), ("linux-arm64", Architecture.Arm64, "aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross")];

    public static string PathFor(Workspace workspace, string rid) => Path.Combine(workspace.Artifacts, "native", rid, Name);

    /// <summary>Compiles what is out of date. Off Linux there is nothing to do: no other system needs it, nor can it be compiled there.</summary>
    public static void Run(Workspace workspace)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var (rid, processor, cross, package) in s_targets)
        {
            bool isOwn = processor == RuntimeInformation.OSArchitecture;
            if (isOwn || CanCompile(workspace, cross))
            {
                Compile(workspace, rid, isOwn ? Prerequisites.FindC() : cross);
            }
            else
            {
                Step.Note($"skipped {Name} for {rid}: {cross} with the headers of the C library is missing (on Debian: {package})");
            }
        }
    }

    private static bool CanCompile(Workspace workspace, string compiler) =>
        Tool.Exists(compiler) && Tool.Capture(workspace, compiler, "-fsyntax-only", "-include", "signal.h", "-x", "c", "/dev/null").ExitCode == 0;

    private static void Compile(Workspace workspace, string rid, string compiler)
    {
        var record = new Fingerprint(workspace, "signals-" + rid);
        var version = Tool.Capture(workspace, compiler, "--version").Output;
        var inputs = record.Of([.. s_sources.Append($"{Folder}/last_words.h").Select(path => Path.Combine(workspace.Root, path))], [version, .. s_arguments, .. s_shared]);
        if (record.IsCurrent(inputs))
        {
            return;
        }

        Step.Run($"compile {Name} for {rid}", () =>
        {
            var output = PathFor(workspace, rid);
            var temporary = $"{output}.{Environment.ProcessId}";
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            Tool.Require(workspace, $"Mend what is in {Folder}.", compiler, [.. s_arguments, .. s_shared, "-o", temporary, .. s_sources]);

            // The same for a program that it is linked into, as host is.
            var linked = Path.ChangeExtension(output, ".o");
            Tool.Require(workspace, $"Mend what is in {Folder}.", compiler, [.. s_arguments, "-r", "-o", linked, .. s_sources]);

            // By rename: a process that has the old one mapped goes on with that.
            File.Move(temporary, output, overwrite: true);
            record.Save(inputs, [output, linked]);
        });
    }
}
