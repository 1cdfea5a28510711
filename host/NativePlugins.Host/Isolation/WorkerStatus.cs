using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// How a worker is, written down by its application in memory of 512 bytes that <see cref="PluginWorkers"/> reads in other processes. Thread-safe.
/// </summary>
/// <remarks>
/// Little-endian. At 0 a magic number, at 4 the version of this layout, at 8 a sequence number, which is odd while what follows changes; at 12 the worker, at 16
/// when it was started (Unix time in milliseconds), at 24 the generation, at 28 the restarts, at 32 the state; at 40 the calls, which change at any time. At 48 the
/// plugin's id, at 176 its version, at 304 the application's name: a length of one byte each, then UTF-8. Later versions keep the first 8 bytes.
/// </remarks>
internal sealed unsafe class WorkerStatus : IDisposable
{
    public const int Size = 512;

    private const uint Magic = 0x5357_504E; // "NPWS"
    private const uint Version = 1;
    private const int Sequence = 8, Worker = 12, Started = 16, Number = 24, Restarts = 28, State = 32, Calls = 40, Id = 48, PluginVersion = 176, Application = 304;
    private const int MaxText = 127;
    private const int Tries = 20;

    private readonly Lock _lock = new();
    private readonly SharedMemory? _memory;
    private readonly IDisposable? _listed;

    public WorkerStatus(int worker, string plugin, string application)
    {
        _memory = WorkerSystem.Current.CreateStatus(Size, out _listed);
        Write(span =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(span[Worker..], worker);
            BinaryPrimitives.WriteInt64LittleEndian(span[Started..], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            WriteText(span[Id..], plugin);
            WriteText(span[Application..], application);
            BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Version);
            BinaryPrimitives.WriteUInt32LittleEndian(span, Magic);
        });
    }

    /// <summary>The plugin has been loaded.</summary>
    public void SetPlugin(string id, string version) => Write(span =>
    {
        WriteText(span[Id..], id);
        WriteText(span[PluginVersion..], version);
    });

    public void SetState(PluginWorkerState state) => Write(span => BinaryPrimitives.WriteInt32LittleEndian(span[State..], (int)state));

    public void SetGeneration(int number) => Write(span => BinaryPrimitives.WriteInt32LittleEndian(span[Number..], number));

    public void SetRestarts(int count) => Write(span => BinaryPrimitives.WriteInt32LittleEndian(span[Restarts..], count));

    /// <summary>Counts a call.</summary>
    public void CountCall()
    {
        if (_memory is not null)
        {
            Interlocked.Increment(ref Unsafe.AsRef<long>((byte*)_memory.Address + Calls));
            GC.KeepAlive(_memory);
        }
    }

    /// <summary>The worker has ended, and is found no more. Writing still goes somewhere: the memory goes with this object.</summary>
    public void Dispose() => _listed?.Dispose();

    /// <summary>Reads what another application has written, which may be anything; null if it is nothing like this, or never finished.</summary>
    /// <param name="read">Reads <see cref="Size"/> bytes, at each call anew.</param>
    /// <param name="application">The number of the application.</param>
    public static PluginWorkerInfo? Read(Func<byte[]?> read, int application)
    {
        for (int i = 0; i < Tries && read() is { } bytes && read() is { } after; i++)
        {
            // The same even number before and after: nothing was written meanwhile.
            uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Sequence));
            if (sequence % 2 == 0 && sequence == BinaryPrimitives.ReadUInt32LittleEndian(after.AsSpan(Sequence)))
            {
                return Check(bytes, application);
            }
        }

        return null;
    }

    private static PluginWorkerInfo? Check(ReadOnlySpan<byte> bytes, int application)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Version)
        {
            return null;
        }

        int worker = BinaryPrimitives.ReadInt32LittleEndian(bytes[Worker..]);
        int state = BinaryPrimitives.ReadInt32LittleEndian(bytes[State..]);
        long started = BinaryPrimitives.ReadInt64LittleEndian(bytes[Started..]);
        return worker <= 0 || !Enum.IsDefined((PluginWorkerState)state) || started < 0 || started > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? null : new PluginWorkerInfo
        {
            ProcessId = worker,
            ApplicationProcessId = application,
            ApplicationName = ReadText(bytes[Application..]),
            PluginId = ReadText(bytes[Id..]),
            PluginVersion = ReadText(bytes[PluginVersion..]),
            Generation = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(bytes[Number..])),
            Restarts = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(bytes[Restarts..])),
            State = (PluginWorkerState)state,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(started),
            Calls = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(bytes[Calls..])),
        };
    }

    private delegate void Writer(Span<byte> span);

    private void Write(Writer write)
    {
        if (_memory is null)
        {
            return;
        }

        lock (_lock)
        {
            var span = new Span<byte>((void*)_memory.Address, Size);
            ref int sequence = ref Unsafe.AsRef<int>((byte*)_memory.Address + Sequence);
            Interlocked.Increment(ref sequence);
            write(span);
            Interlocked.Increment(ref sequence);
            GC.KeepAlive(_memory);
        }
    }

    private static void WriteText(Span<byte> place, string text)
    {
        Encoder encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(text, place.Slice(1, MaxText), flush: true, out _, out int length, out _);
        place[0] = (byte)length;
    }

    private static string ReadText(ReadOnlySpan<byte> place) => Encoding.UTF8.GetString(place.Slice(1, Math.Min((int)place[0], MaxText)));
}
