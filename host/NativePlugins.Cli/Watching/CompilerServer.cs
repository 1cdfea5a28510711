using System.ComponentModel;
using System.Diagnostics;

namespace NativePlugins.Cli;

/// <summary>
/// A compiler that stays: VBCSCompiler, of this process only, and not the one that all builds of the user share. It ends with this process,
/// however that ends. Without it, as on Windows, compiling works as well, and takes longer.
/// </summary>
internal sealed class CompilerServer : IDisposable
{
    private const string Shell = "/bin/sh";

    // The shell starts the server and waits until its standard input ends, which it does with this process. Ctrl-C is not for them. The server
    // leaves its socket.
    private const string Guard =
        """trap '' INT HUP QUIT; exec 3<&0 </dev/null >/dev/null 2>&1; "$@" 3<&- & server=$!; read -r line <&3; kill $server; wait $server; rm -f "$0" """;

    private readonly string _pipe = $"native-plugins-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _end = new();
    private readonly Process? _guard;
    private Task? _warmUp;

    private CompilerServer(string compiler, BuildPlace place)
    {
        Compiler = compiler;
        string server = Path.Combine(Path.GetDirectoryName(compiler)!, "VBCSCompiler.dll");
        if (!File.Exists(Shell) || !File.Exists(server))
        {
            return;
        }

        var start = new ProcessStartInfo(Shell, ["-c", Guard, Socket, "dotnet", "exec", server, $"-pipename:{_pipe}"])
        {
            WorkingDirectory = place.Directory,
            RedirectStandardInput = true,
        };
        place.SetEnvironment(start);
        try
        {
            _guard = Process.Start(start);
        }
        catch (Win32Exception)
        {
            // No shell: no server.
        }
    }

    /// <summary>The compiler that it belongs to.</summary>
    public string Compiler { get; }

    /// <summary>
    /// The one for a compiler: the one that there is, if it is for that; or a new one in its place, which compiles once to nowhere as soon as it
    /// is ready and before somebody waits for it: its first time takes some seconds.
    /// </summary>
    /// <param name="compiler">What it compiles.</param>
    /// <param name="place">Where it runs; the same as that of what uses it.</param>
    /// <param name="existing">The one that there is.</param>
    /// <param name="nowhere">A directory for what nobody looks at.</param>
    public static CompilerServer For(CompilerCommand compiler, BuildPlace place, CompilerServer? existing, string nowhere)
    {
        if (existing?.Compiler == compiler.Compiler)
        {
            return existing;
        }

        existing?.Dispose();
        var server = new CompilerServer(compiler.Compiler, place);
        Directory.CreateDirectory(nowhere);
        server._warmUp = Task.Run(() => server.WarmUp(compiler, place, compiler.OutputTo(nowhere)));
        return server;
    }

    /// <summary>
    /// What the compiler is told to use it; nothing while it is not ready. It would start a server of its own, that nobody ends, if there were
    /// none of that name. The server lets no request end it: it would when it had been idle for some minutes.
    /// </summary>
    public string[] Arguments => IsReady ? [$"-shared:{_pipe}", "-keepalive:86400"] : [];

    /// <summary>
    /// What a build is told: to use the server, if there is one that is ready, or else none. The one that builds share would be started by ours, keep
    /// its output open, and stay behind.
    /// </summary>
    public static string[] BuildArguments(CompilerServer? server) =>
        server is { IsReady: true } ? [$"-p:SharedCompilationId={server._pipe}"] : ["-p:UseSharedCompilation=false"];

    // The compiler's own place for it, on every Unix.
    private string Socket => Path.Combine("/tmp", _pipe);

    private bool IsReady => _guard is { HasExited: false } && File.Exists(Socket);

    public void Dispose()
    {
        _end.Cancel();
        _warmUp?.Wait();
        if (_guard is not null)
        {
            _guard.StandardInput.Dispose();
            _guard.WaitForExit();
            _guard.Dispose();
        }

        _end.Dispose();
    }

    private void WarmUp(CompilerCommand compiler, BuildPlace place, string[] arguments)
    {
        while (_guard is { HasExited: false } && !IsReady && !_end.Token.WaitHandle.WaitOne(50))
        {
        }

        try
        {
            compiler.Run(place, this, arguments, _end.Token);
        }
        catch (Exception e) when (e is CliException or OperationCanceledException)
        {
            // Nobody has asked for it. The first compilation takes longer then.
        }
    }
}
