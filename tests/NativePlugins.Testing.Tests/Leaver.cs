using NativePlugins.Sdk;

namespace NativePlugins.Testing.Tests;

/// <summary>A plugin that leaves behind what its settings say.</summary>
[Plugin("leaver", Version = "1.0.0")]
public sealed class Leaver(PluginContext host) : ICommand, IStartable, IDisposable
{
    private static readonly List<Leaver> s_kept = [];
    private readonly ManualResetEventSlim _end = new();
    private Thread? _thread;
    private Timer? _timer;

    /// <summary>Lets the threads of all instances end that did not end at Stop.</summary>
    public static ManualResetEventSlim EndOfTest { get; } = new();

    public void Start()
    {
        switch (host.Config.Get("Leave"))
        {
            case "thread":
                _thread = new Thread(EndOfTest.Wait) { Name = "left behind", IsBackground = true };
                _thread.Start();
                break;
            case "task":
                _ = Task.Run(EndOfTest.Wait);
                break;
            case "object":
                s_kept.Add(this);
                break;
            case "timer":
                _timer = new Timer(_ => _end.Set(), null, 0, 1);
                break;
            default:
                _thread = new Thread(_end.Wait) { Name = "in order" };
                _thread.Start();
                break;
        }
    }

    public void Stop()
    {
        if (host.Config.Get("Leave") is null)
        {
            _end.Set();
            _thread!.Join();
        }

        if (_timer is not null)
        {
            using var isGone = new ManualResetEvent(false);
            _timer.Dispose(isGone);
            isGone.WaitOne();
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _end.Dispose();
    }

    public int Run(CommandContext context)
    {
        switch (context.Arguments.Count > 0 ? context.Arguments[0] : "")
        {
            case "wait":
                context.CancellationToken.WaitHandle.WaitOne();
                context.CancellationToken.ThrowIfCancellationRequested();
                return 0;
            case "write":
                File.WriteAllText(Path.Combine(host.Paths.Data!, "written"), "");
                return 0;
            default:
                return 7;
        }
    }
}
