namespace NativePlugins.Host.Platform;

/// <summary>A worker process, as the application sees it. Its members may be used from any thread, where nothing else is said.</summary>
internal abstract class WorkerProcess : WorkerLink, IDisposable
{
    /// <summary>The system's number of the process. It stays this process's own until <see cref="Dispose"/>.</summary>
    public abstract int Id { get; }

    /// <summary>Waits for bytes of its standard error. Called by one thread at a time.</summary>
    /// <returns>How many there are; 0 if no more will come.</returns>
    public abstract int ReceiveStandardError(Span<byte> buffer);

    /// <summary>Writes to the application's standard error. Bytes that nobody takes are lost.</summary>
    public abstract void ForwardStandardError(ReadOnlySpan<byte> bytes);

    /// <summary>Closes the channel in the direction to the worker. A worker that has nothing more to do ends then.</summary>
    public abstract void EndSending();

    /// <summary>Limits what it may use from now on, for good. Does nothing if it has ended.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public abstract void SetLimits(WorkerLimits limits);

    /// <summary>Ends the process at once. Does nothing if it has ended.</summary>
    public abstract void Kill();

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>How it ended; null if it has not within the limit.</returns>
    public abstract WorkerExit? WaitForEnd(TimeSpan limit);

    /// <summary>Gives the system's resources back. Only when no other member is in use.</summary>
    public abstract void Dispose();
}

/// <summary>How a process ended. Both are null if the system does not tell, as where the application ignores SIGCHLD.</summary>
/// <param name="Status">Its exit status, if it ended itself.</param>
/// <param name="Signal">The signal that ended it.</param>
/// <param name="ProcessorTime">How long it was on a processor.</param>
internal readonly record struct WorkerExit(int? Status, int? Signal, TimeSpan ProcessorTime = default);
