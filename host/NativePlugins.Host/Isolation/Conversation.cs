using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// A thread of the application and one of the worker that call each other in turn, as if they were one thread: at any moment one of them runs,
/// and the other waits for its request or its answer.
/// </summary>
/// <param name="id">Its number.</param>
/// <param name="lane">Through which calls of functions go, and their answers; null if they go the way of all others.</param>
internal sealed class Conversation(uint id, Lane? lane = null)
{
    [ThreadStatic]
    private static Scope? s_scope;

    private readonly object _sync = new();
    private ChannelMessage? _message;
    private uint? _expected;
    private bool _expectsCall;
    private bool _isClosed;
    private long _since;

    public uint Id => id;

    /// <summary>When the call has begun that has a deadline, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> has it; 0 if there is none.</summary>
    public long Since
    {
        get => Volatile.Read(ref _since);
        set => Volatile.Write(ref _since, value);
    }

    public Lane? Lane => lane;

    /// <summary>The conversation in which the current thread serves a request of this channel; null if it serves none.</summary>
    public static Conversation? Serving(Channel channel)
    {
        Scope? scope = s_scope;
        while (scope is not null && scope.Channel != channel)
        {
            scope = scope.Outer;
        }

        return scope?.Conversation;
    }

    /// <summary>Does some work as part of the conversation: requests that it makes on this thread belong to it.</summary>
    public T Serve<T>(Channel channel, Func<T> work)
    {
        s_scope = new Scope(channel, this, s_scope);
        try
        {
            return work();
        }
        finally
        {
            s_scope = s_scope!.Outer;
        }
    }

    /// <summary>Called before a frame is sent that makes the other side run.</summary>
    /// <param name="serial">The request that has no answer yet. The next message is its answer, or a request.</param>
    public void Expect(uint serial)
    {
        lock (_sync)
        {
            _expected = serial;
        }
    }

    /// <summary>Called before the answer to the only request is sent, in a conversation that goes on: the next message is a request.</summary>
    public void ExpectCall()
    {
        lock (_sync)
        {
            _expectsCall = true;
        }
    }

    /// <summary>Hands a message over to the thread that waits for one. False if it is not one that is expected.</summary>
    public bool TryDeliver(ChannelMessage message)
    {
        lock (_sync)
        {
            if (!TryTake(message))
            {
                return false;
            }

            _message = message;
            Monitor.PulseAll(_sync);
        }

        lane?.Ring();
        return true;
    }

    /// <summary>Waits for the expected message; null if the channel is closed. An interrupt of the thread takes effect later.</summary>
    /// <param name="broken">Told that what came through the lane breaks the rules.</param>
    public ChannelMessage? Await(Action<ChannelException>? broken) => lane is null ? Await() : Await(lane, broken);

    private bool TryTake(ChannelMessage message)
    {
        if (message.Frame.Kind == FrameKind.Return ? _expected != message.Frame.Serial : _expected is null && !_expectsCall)
        {
            return false;
        }

        _expected = null;
        _expectsCall = false;
        return true;
    }

    private ChannelMessage? Await(Lane through, Action<ChannelException>? broken)
    {
        Span<byte> head = stackalloc byte[ChannelFrame.Size];
        while (true)
        {
            uint bell = through.Bell;
            bool hasCome = through.TryReceive(head, out byte[]? payload);
            bool isAnswer;
            lock (_sync)
            {
                if (_message is not null || _isClosed)
                {
                    ChannelMessage? message = _message;
                    _message = null;
                    return message;
                }

                if (hasCome && Read(head, payload) is { } received)
                {
                    return received;
                }

                isAnswer = _expected is not null;
            }

            if (hasCome)
            {
                broken?.Invoke(new ChannelException("a message through a lane that is none, or was not expected"));
            }
            else
            {
                through.Wait(bell, isAnswer);
            }
        }
    }

    private ChannelMessage? Read(ReadOnlySpan<byte> head, byte[]? payload)
    {
        try
        {
            ChannelFrame frame = ChannelFrame.Read(head);
            var message = new ChannelMessage(frame, payload ?? [], IsFromLane: true);
            return payload is not null && frame.Kind is FrameKind.Call or FrameKind.Return && frame.Conversation == id && TryTake(message) ? message : null;
        }
        catch (ChannelException)
        {
            return null;
        }
    }

    private ChannelMessage? Await()
    {
        bool isInterrupted = false;
        try
        {
            lock (_sync)
            {
                while (_message is null && !_isClosed)
                {
                    try
                    {
                        Monitor.Wait(_sync);
                    }
                    catch (ThreadInterruptedException)
                    {
                        isInterrupted = true;
                    }
                }

                ChannelMessage? message = _message;
                _message = null;
                return message;
            }
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.CurrentThread.Interrupt();
            }
        }
    }

    public void Close()
    {
        lock (_sync)
        {
            _isClosed = true;
            Monitor.PulseAll(_sync);
        }

        lane?.Ring();
    }

    private sealed record Scope(Channel Channel, Conversation Conversation, Scope? Outer);
}

/// <summary>A frame with what followed it.</summary>
internal sealed record ChannelMessage(ChannelFrame Frame, byte[] Payload, bool IsFromLane = false);
