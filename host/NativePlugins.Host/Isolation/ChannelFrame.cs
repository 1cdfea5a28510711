using System.Buffers.Binary;

namespace NativePlugins.Host.Isolation;

/// <summary>What a frame is.</summary>
internal enum FrameKind : byte
{
    /// <summary>A request. The sender waits for the answer, and serves requests of the same conversation meanwhile.</summary>
    Call = 1,

    /// <summary>The answer to the last request of the conversation that has none yet.</summary>
    Return = 2,

    /// <summary>Asks that a request be ended early. It has no answer of its own, and is ignored when the request has been answered.</summary>
    Cancel = 3,

    /// <summary>The thread that was to answer a request has ended without one. Only a worker sends it.</summary>
    ThreadGone = 4,

    /// <summary>Opens a conversation whose calls of functions go through the lane that the serial names. Only the application sends it.</summary>
    Lane = 5,
}

/// <summary>
/// The head of a frame. <c>docs/isolation-channel.md</c> is the page about the channel; the layout here is its table.
/// </summary>
/// <param name="Kind">What the frame is.</param>
/// <param name="Operation">What a request asks for; 0 in other frames.</param>
/// <param name="Conversation">The conversation that the frame belongs to; 0 where the frame belongs to none.</param>
/// <param name="Serial">The number of the request, or of the request that is answered or meant.</param>
/// <param name="Status">The status of an answer; 0 in other frames.</param>
/// <param name="Length">The number of bytes that follow.</param>
internal readonly record struct ChannelFrame(FrameKind Kind, Operation Operation, uint Conversation, uint Serial, int Status, int Length)
{
    public const int Size = 24;

    /// <summary>The most bytes that may follow a head.</summary>
    public const int MaxLength = 8 << 20;

    public void WriteTo(Span<byte> head)
    {
        head[..Size].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(head, Length);
        head[4] = (byte)Kind;
        head[5] = (byte)Operation;
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Conversation);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], Serial);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], Status);
    }

    /// <exception cref="ChannelException">It is not the head of a frame.</exception>
    public static ChannelFrame Read(ReadOnlySpan<byte> head)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > MaxLength)
        {
            throw new ChannelException($"a frame of {(uint)length} bytes, where {MaxLength} are the most");
        }

        if (head[4] is < (byte)FrameKind.Call or > (byte)FrameKind.Lane)
        {
            throw new ChannelException($"a frame of the unknown kind {head[4]}");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) != 0 || BinaryPrimitives.ReadUInt32LittleEndian(head[20..]) != 0)
        {
            throw new ChannelException("a frame whose reserved bytes are not 0");
        }

        return new ChannelFrame(
            (FrameKind)head[4], (Operation)head[5], BinaryPrimitives.ReadUInt32LittleEndian(head[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[12..]), BinaryPrimitives.ReadInt32LittleEndian(head[16..]), length);
    }
}

/// <summary>The other side does not keep to the channel's rules. It is not spoken to any more.</summary>
/// <param name="found">What it sent, in a few words.</param>
internal sealed class ChannelException(string found) : Exception(found);
