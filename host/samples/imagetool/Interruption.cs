using System.Runtime.InteropServices;

namespace ImageTool;

/// <summary>Ctrl-C and SIGTERM: the first one cancels what is going on, a second one ends the process as it would have without this.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, 130));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, 143));
    }

    public CancellationToken Token => _cancellation.Token;

    public int ExitCode { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _cancellation.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = !_cancellation.IsCancellationRequested;
        if (context.Cancel)
        {
            ExitCode = exitCode;
            _cancellation.Cancel();
        }
    }
}
