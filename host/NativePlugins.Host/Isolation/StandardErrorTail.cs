using System.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>Reads what a worker writes to its standard error, on a thread of its own, and keeps the end of it.</summary>
internal sealed class StandardErrorTail
{
    /// <summary>How much is kept.</summary>
    public const int Size = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _bytes = new byte[Size];
    private readonly Thread _thread;
    private long _written;

    /// <param name="process">The worker.</param>
    /// <param name="forward">Whether the application's standard error gets everything as well.</param>
    public StandardErrorTail(WorkerProcess process, bool forward)
    {
        _thread = new Thread(() => Read(process, forward)) { IsBackground = true, Name = "NativePlugins worker errors" };
        _thread.UnsafeStart();
    }

    /// <summary>Waits until the worker cannot write any more, and all that it has written is here. False if that takes too long.</summary>
    public bool WaitForEnd(TimeSpan limit) => _thread.Join(limit);

    public override string ToString()
    {
        lock (_lock)
        {
            int kept = (int)Math.Min(_written, Size), end = (int)(_written % Size);
            byte[] tail = _written <= Size ? _bytes[..kept] : [.. _bytes[end..], .. _bytes[..end]];
            return Encoding.UTF8.GetString(tail);
        }
    }

    private void Read(WorkerProcess process, bool forward)
    {
        byte[] buffer = new byte[4096];
        for (int received = process.ReceiveStandardError(buffer); received > 0; received = process.ReceiveStandardError(buffer))
        {
            lock (_lock)
            {
                foreach (byte value in buffer.AsSpan(0, received))
                {
                    _bytes[_written++ % Size] = value;
                }
            }

            if (forward)
            {
                process.ForwardStandardError(buffer.AsSpan(0, received));
            }
        }
    }
}
