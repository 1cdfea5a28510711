namespace NativePlugins.Host.Platform;

/// <summary>One end of the channel between the application and a worker: bytes in both directions, in order.</summary>
internal abstract class WorkerLink
{
    /// <summary>Whether this end is still open. Code of the plugin's may close what is not its own.</summary>
    public virtual bool IsOpen => true;

    /// <summary>The memory that both ends share; null where there is none.</summary>
    public virtual SharedMemory? Memory => null;

    /// <summary>Waits for bytes. Called by one thread at a time.</summary>
    /// <returns>
    /// How many there are, at least 1; or 0 if no more will come: the other side has closed its end or its process has ended, and all that it
    /// had sent has been received.
    /// </returns>
    public abstract int Receive(Span<byte> buffer);

    /// <summary>Sends all of the bytes. Called by one thread at a time.</summary>
    /// <returns>False if the other side does not receive any more.</returns>
    public abstract bool Send(ReadOnlySpan<byte> bytes);
}
