using System.Runtime.InteropServices;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first one cancels the token, and what does not end within the drain deadline is given up; the
/// second one ends the process at once.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _hasEnded = new();
    private readonly TimeSpan _drainDeadline;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode;

    public EndSignals(TimeSpan drainDeadline)
    {
        _drainDeadline = drainDeadline;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _cancellation.Token;

    /// <summary>The exit status of the signal that came, or null.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is not 0 and int code ? code : null;

    /// <summary>
    /// Asks what runs to end, without a signal; on another thread, as the plugin is called on this one and may hold its locks.
    /// </summary>
    public void Cancel() => ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _cancellation, preferLocal: false);

    public void Dispose()
    {
        _hasEnded.Set();
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    // .NET calls this on a new thread for each signal, so that a second one arrives while the first one is still being handled.
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        int code = context.Signal == PosixSignal.SIGINT ? ExitCodes.Interrupted : ExitCodes.Terminated;
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) != 0)
        {
            PluginHost.EndProcess(code);
        }

        // Before the token is cancelled: that calls into the plugin, which may never return.
        new Thread(() => GiveUpInTime(code)) { IsBackground = true, Name = "give up in time" }.Start();
        _cancellation.Cancel();
    }

    private void GiveUpInTime(int code)
    {
        if (!_hasEnded.Wait(_drainDeadline))
        {
            PluginHost.EndProcess(code);
        }
    }
}
