using System.ComponentModel;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// Goes on in a fresh process when a library's constructors or destructors do not return, and there is another build to be loaded:
/// in this process nothing can be loaded any more. Until then the generation that serves goes on.
/// </summary>
internal sealed class WatchRestart : IDisposable
{
    private readonly HostTerminal _terminal;
    private readonly TimeSpan _patience;
    private readonly Action<string, IReadOnlyList<string>> _start;
    private readonly CancellationTokenSource _end;
    private readonly ManualResetEventSlim _isWanted = new();
    private readonly ManualResetEventSlim _hasEnded = new();
    private string _directory = "";
    private int _isGone;

    /// <param name="terminal">Told when no process can be started.</param>
    /// <param name="patience">How long a command that runs may take to end.</param>
    /// <param name="end">Of the whole program.</param>
    public WatchRestart(HostTerminal terminal, TimeSpan patience, CancellationToken end)
    {
        _terminal = terminal;
        _patience = patience;
        _start = ProcessSystem.Current.PrepareStartAnew();
        _end = CancellationTokenSource.CreateLinkedTokenSource(end);

        // Begun before it is needed: under CoreCLR no thread can begin once a library holds the system's loader.
        new Thread(GoInTime) { IsBackground = true, Name = "start anew" }.UnsafeStart();
    }

    /// <summary>Cancelled when the program is to end, and when a fresh process is to take its place.</summary>
    public CancellationToken Token => _end.Token;

    public bool IsWanted => _isWanted.IsSet;

    /// <summary>
    /// Asks what runs to end, on the calling thread, which has nothing else to do. Who waits for that end calls <see cref="Go"/>; if it
    /// does not come, the fresh process starts without.
    /// </summary>
    /// <param name="directory">The plugin's.</param>
    public void Request(string directory)
    {
        _directory = directory;
        _isWanted.Set();

        // This calls into the plugin, to cancel its command, and may never return.
        _end.Cancel();
    }

    /// <summary>What was running has ended. Returns only with an exception: there is no fresh process.</summary>
    /// <exception cref="CliException">It cannot be started.</exception>
    public void Go()
    {
        _hasEnded.Set();
        if (Interlocked.Exchange(ref _isGone, 1) != 0)
        {
            Thread.Sleep(Timeout.Infinite);
        }

        string[] words = Environment.GetCommandLineArgs();
        string program = Environment.ProcessPath ?? words[0];
        IEnumerable<string> own = words.Skip(words.Length > 3 && words[1] == CommandNames.WatchAnew ? 3 : 1);
        IEnumerable<string> assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? words.Take(1) : [];
        try
        {
            _start(program, [.. assembly, CommandNames.WatchAnew, _directory, .. own]);
        }
        catch (Exception e) when (e is IOException or Win32Exception)
        {
            throw CliErrors.StartAnew(e);
        }
    }

    public void Dispose() => _hasEnded.Set();

    private void GoInTime()
    {
        _isWanted.Wait();
        if (_hasEnded.Wait(_patience))
        {
            return;
        }

        try
        {
            Go();
        }
        catch (CliException e)
        {
            PluginHost.EndProcess(_terminal.Report(e.Report));
        }
    }
}
