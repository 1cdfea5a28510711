using System.Buffers.Binary;
using System.Diagnostics;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// A place in memory that two processes share, through which two threads that call each other in turn pass their messages: one of each. Who waits
/// looks for a while, and then sleeps. <c>docs/isolation-channel.md</c> has the layout. What is read is copied first, then checked.
/// </summary>
internal sealed unsafe class Lane
{
    /// <summary>How many there are.</summary>
    public const int Count = 32;

    /// <summary>The most bytes of a message behind its head.</summary>
    public const int Capacity = DirectionSize - MessageOffset - HeadSize;

    /// <summary>The bytes that all of them take.</summary>
    public const long MemorySize = (long)Count * 2 * DirectionSize;

    private const int HeadSize = 24;
    private const int DirectionSize = (1 << 20) + (64 * 1024);
    private const int SequenceOffset = 0, ParkedOffset = 64, BellOffset = 128, MessageOffset = 192;

    private readonly SharedMemory _memory;
    private readonly byte* _in;
    private readonly byte* _out;
    private readonly int _longestSleep;
    private readonly LanePatience _patience = new();
    private uint _received;
    private uint _sent;
    private bool _hasWoken;

    /// <param name="memory">The memory that both processes have.</param>
    /// <param name="index">Which of the lanes it is.</param>
    /// <param name="isWorker">Which side this is.</param>
    public Lane(SharedMemory memory, int index, bool isWorker)
    {
        _memory = memory;
        byte* toWorker = (byte*)memory.Address + ((long)index * 2 * DirectionSize), toApplication = toWorker + DirectionSize;
        _in = isWorker ? toWorker : toApplication;
        _out = isWorker ? toApplication : toWorker;

        // A worker may undo the bell that says that it has ended. So the application looks again by itself.
        _longestSleep = isWorker ? Timeout.Infinite : 100;
    }

    /// <summary>Changes whenever there may be something to look at. Read it before looking, and hand it to <see cref="Wait"/> after.</summary>
    public uint Bell => Volatile.Read(ref *(uint*)(_in + BellOffset));

    /// <summary>Keeps the memory in place until <see cref="Leave"/>; false if it is gone.</summary>
    public bool TryEnter()
    {
        bool isIn = false;
        try
        {
            _memory.DangerousAddRef(ref isIn);
        }
        catch (ObjectDisposedException)
        {
            // The worker has ended.
        }

        return isIn;
    }

    public void Leave() => _memory.DangerousRelease();

    /// <summary>Sends a message. Only when it is this side's turn.</summary>
    /// <param name="head">Its head, which begins with the number of bytes that follow.</param>
    /// <param name="first">The first of those bytes.</param>
    /// <param name="second">The others: <see cref="Capacity"/> in all.</param>
    public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var message = new Span<byte>(_out + MessageOffset, HeadSize + Capacity);
        head.CopyTo(message);
        first.CopyTo(message[HeadSize..]);
        second.CopyTo(message[(HeadSize + first.Length)..]);

        // A barrier: who is about to sleep has said so before it has looked, or sees the message.
        Interlocked.Exchange(ref *(uint*)(_out + SequenceOffset), ++_sent);
        _hasWoken = Volatile.Read(ref *(uint*)(_out + ParkedOffset)) != 0;
        if (_hasWoken)
        {
            Ring(_out);
        }
    }

    /// <summary>Wakes who waits at this side, to look at something else.</summary>
    public void Ring() => Ring(_in);

    /// <summary>Takes the next message; false if there is none.</summary>
    /// <param name="head">Its head: <see cref="HeadSize"/> bytes.</param>
    /// <param name="payload">What follows it; null if it is not the next one, or says that more follows than can.</param>
    public bool TryReceive(Span<byte> head, out byte[]? payload)
    {
        payload = null;
        uint sequence = Volatile.Read(ref *(uint*)(_in + SequenceOffset));
        if (sequence == _received)
        {
            return false;
        }

        bool isNext = sequence == _received + 1;
        _received = sequence;
        new ReadOnlySpan<byte>(_in + MessageOffset, HeadSize).CopyTo(head);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (isNext && length is >= 0 and <= Capacity)
        {
            payload = new ReadOnlySpan<byte>(_in + MessageOffset + HeadSize, length).ToArray();
        }

        return true;
    }

    /// <summary>Waits for a message, or for the bell to be rung since it was read. May return earlier.</summary>
    /// <param name="bell">What <see cref="Bell"/> was.</param>
    /// <param name="isAnswer">
    /// Whether an answer is waited for. If the other side had to be woken for it, it is not looked for: it comes sooner if it may run here.
    /// </param>
    public void Wait(uint bell, bool isAnswer)
    {
        bool isAsleep = isAnswer && _hasWoken, hasLooked = false;
        _hasWoken = false;
        long start = Stopwatch.GetTimestamp();
        if (!isAsleep && _patience.TryBegin(start, out long until))
        {
            hasLooked = true;
            bool hasNews;
            do
            {
                hasNews = Look(bell);
            }
            while (!hasNews && Stopwatch.GetTimestamp() < until);

            LanePatience.End();
            if (hasNews)
            {
                _patience.LearnFound(Stopwatch.GetTimestamp() - start);
                return;
            }
        }

        ref uint parked = ref *(uint*)(_in + ParkedOffset);
        Interlocked.Exchange(ref parked, 1);
        if (!HasNews(bell))
        {
            _memory.WaitWhile(BellOffset + (_in - (byte*)_memory.Address), bell, _longestSleep);
        }

        Volatile.Write(ref parked, 0);
        if (!isAsleep)
        {
            _patience.LearnSlept(Stopwatch.GetTimestamp() - start, hasLooked);
        }
    }

    private bool Look(uint bell)
    {
        for (int i = 0; i < 16; i++)
        {
            if (HasNews(bell))
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        return false;
    }

    private bool HasNews(uint bell) => Volatile.Read(ref *(uint*)(_in + SequenceOffset)) != _received || Bell != bell;

    private void Ring(byte* direction)
    {
        Interlocked.Increment(ref *(uint*)(direction + BellOffset));
        _memory.Wake(BellOffset + (direction - (byte*)_memory.Address));
    }
}
