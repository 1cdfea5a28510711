namespace NativePlugins.Host.Isolation;

/// <summary>
/// A thread of the application and one of the worker that call each other in turn, as if they were one thread: at any moment one of them runs,
/// and the other waits for its request or its answer.
/// </summary>
internal sealed class Conversation(uint id)
{
    [ThreadStatic]
    private static Scope? s_scope;

    private readonly object _sync = new();
    private ChannelMessage? _message;
    private uint? _expected;
    private bool _isClosed;

    public uint Id => id;

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

    /// <summary>Hands a message over to the thread that waits for one. False if it is not one that is expected.</summary>
    public bool TryDeliver(ChannelMessage message)
    {
        lock (_sync)
        {
            if (_expected is not uint serial || (message.Frame.Kind == FrameKind.Return && message.Frame.Serial != serial))
            {
                return false;
            }

            _expected = null;
            _message = message;
            Monitor.PulseAll(_sync);
            return true;
        }
    }

    /// <summary>Waits for the expected message; null if the channel is closed. An interrupt of the thread takes effect later.</summary>
    public ChannelMessage? Await()
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
    }

    private sealed record Scope(Channel Channel, Conversation Conversation, Scope? Outer);
}

/// <summary>A frame with what followed it.</summary>
internal sealed record ChannelMessage(ChannelFrame Frame, byte[] Payload);
