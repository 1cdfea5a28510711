using System.ComponentModel;
using System.Diagnostics;

namespace NativePlugins.Build;

/// <summary>
/// One C# compiler for all projects of a build: a compiler that is started for each of them spends most of its time on compiling itself and the
/// analyzers. It is this build's own, and ends with it, however that ends. Without it, as on Windows, the build is slower.
/// </summary>
internal sealed class CompilerServer : IDisposable
{
    private const string Shell = "/bin/sh";

    // Ctrl-C is not for them: the shell waits until its standard input ends, which it does with this process, and then ends the server, which leaves its socket.
    private const string Guard = """trap '' INT HUP QUIT; exec 3<&0 </dev/null >/dev/null 2>&1; "$@" 3<&- & server=$!; read -r line <&3; kill $server; wait $server; rm -f "$0" """;

    // Of MSBuild: whether its compiler tasks use a server, and which.
    private const string Use = "UseSharedCompilation";
    private const string Name = "SharedCompilationId";

    // In seconds.
    private const int KeepAlive = 86400;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly string? _use = Environment.GetEnvironmentVariable(Use);
    private readonly string? _name = Environment.GetEnvironmentVariable(Name);
    private readonly Process? _guard;

    private CompilerServer(Workspace workspace, string compilers)
    {
        string pipe = $"native-plugins-build-{Guid.NewGuid():N}";

        // The compiler's own place for it, on every Unix.
        string socket = Path.Combine("/tmp", pipe);
        string server = Path.Combine(compilers, "VBCSCompiler.dll");
        try
        {
            _guard = Process.Start(new ProcessStartInfo(Shell, ["-c", Guard, socket, "dotnet", "exec", server, $"-pipename:{pipe}"]) { RedirectStandardInput = true });
        }
        catch (Win32Exception)
        {
            return;
        }

        // MSBuild would start one of its own if there were none of that name.
        if (SpinWait.SpinUntil(() => File.Exists(socket), s_patience))
        {
            // Whatever comes of compiling nothing: the server has been told not to end when it has been idle for ten minutes.
            Tool.Capture(workspace, "dotnet", "exec", Path.Combine(compilers, "csc.dll"), "-nologo", "-t:library", "-out:/dev/null", $"-shared:{pipe}", $"-keepalive:{KeepAlive}", "/dev/null");
            Environment.SetEnvironmentVariable(Use, "true");
            Environment.SetEnvironmentVariable(Name, pipe);
        }
    }

    /// <summary>Starts it, and tells all programs that this process starts from now on.</summary>
    public static CompilerServer? Start(Workspace workspace)
    {
        string version = Prerequisites.FindSdk(workspace);
        string? folder = Tool.Capture(workspace, "dotnet", "--list-sdks").Output.Split('\n')
            .Where(line => line.StartsWith($"{version} [", StringComparison.Ordinal)).Select(line => line[(version.Length + 2)..].TrimEnd(']', '\r')).FirstOrDefault();
        string? compilers = folder is null ? null : Path.Combine(folder, version, "Roslyn", "bincore");
        return File.Exists(Shell) && Directory.Exists(compilers) ? new CompilerServer(workspace, compilers) : null;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Use, _use);
        Environment.SetEnvironmentVariable(Name, _name);
        if (_guard is not null)
        {
            _guard.StandardInput.Dispose();
            _guard.WaitForExit();
            _guard.Dispose();
        }
    }
}
