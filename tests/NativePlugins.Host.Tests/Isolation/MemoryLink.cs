using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>One end of a channel within this process.</summary>
internal sealed class MemoryLink : WorkerLink
{
    private readonly Pipe _incoming, _outgoing;

    private readonly SharedMemory? _memory;

    private MemoryLink(Pipe incoming, Pipe outgoing, SharedMemory? memory) => (_incoming, _outgoing, _memory) = (incoming, outgoing, memory);

    public override SharedMemory? Memory => _memory;

    /// <summary>Both ends.</summary>
    /// <param name="memory">The memory that they share; null for none.</param>
    public static (MemoryLink Application, MemoryLink Worker) CreatePair(SharedMemory? memory = null)
    {
        Pipe down = new(), up = new();
        return (new MemoryLink(up, down, memory), new MemoryLink(down, up, memory));
    }

    public override int Receive(Span<byte> buffer) => _incoming.Read(buffer);

    /// <summary>How many bytes this end has sent.</summary>
    public int Sent { get; private set; }

    public override bool Send(ReadOnlySpan<byte> bytes)
    {
        Sent += bytes.Length;
        return _outgoing.Write(bytes);
    }

    /// <summary>Closes the end in both directions, as the end of its process does.</summary>
    public void Close()
    {
        _incoming.Close();
        _outgoing.Close();
    }

    private sealed class Pipe
    {
        private readonly object _sync = new();
        private readonly Queue<byte> _bytes = new();
        private bool _isClosed;

        public int Read(Span<byte> buffer)
        {
            lock (_sync)
            {
                while (_bytes.Count == 0 && !_isClosed)
                {
                    Monitor.Wait(_sync);
                }

                int read = 0;
                while (read < buffer.Length && _bytes.TryDequeue(out byte value))
                {
                    buffer[read++] = value;
                }

                return read;
            }
        }

        public bool Write(ReadOnlySpan<byte> bytes)
        {
            lock (_sync)
            {
                foreach (byte value in bytes)
                {
                    _bytes.Enqueue(value);
                }

                Monitor.PulseAll(_sync);
                return !_isClosed;
            }
        }

        public void Close()
        {
            lock (_sync)
            {
                _isClosed = true;
                Monitor.PulseAll(_sync);
            }
        }
    }
}
