using System.Buffers.Binary;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// The first bytes in each direction, before any frame. Their layout never changes, so that two versions can say that they do not fit.
/// </summary>
/// <param name="ChannelVersion">The version of everything that follows. Both sides must have the same.</param>
/// <param name="FileModeMask">From the application: the mode bits that new files of the worker do not get; -1 leaves what was inherited.</param>
/// <param name="Filter">From the application: the filter of system calls that the worker is to go under before it answers.</param>
internal readonly record struct ChannelGreeting(uint ChannelVersion, int FileModeMask, WorkerFilter Filter = WorkerFilter.None)
{
    public const int Size = 24;

    /// <summary>The version of this code. It changes with every change of a frame, an operation or a payload.</summary>
    public const uint Version = 4;

    private const ulong Magic = 0x4B524F_5750_4E; // "NPWORK", then two bytes of 0

    public void WriteTo(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], ChannelVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], FileModeMask);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], (int)Filter);
    }

    /// <summary>Null if these bytes are no greeting.</summary>
    public static ChannelGreeting? Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Magic
        ? new ChannelGreeting(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), (WorkerFilter)BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]))
        : null;
}
