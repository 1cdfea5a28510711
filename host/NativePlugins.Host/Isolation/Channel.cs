using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// The requests that the application and a worker make of each other over one link. Both sides have one of these; neither believes what
/// the other sends. Thread-safe, except for <see cref="ReceiveAll"/>.
/// </summary>
/// <param name="link">Carries the bytes.</param>
/// <param name="isWorker">Which side this is: the application's conversations have even numbers, the worker's odd ones.</param>
/// <param name="serve">Answers requests. It is called on the thread that the request is for.</param>
internal sealed partial class Channel(WorkerLink link, bool isWorker, Func<IncomingCall, Answer> serve)
{
    /// <summary>How many conversations the other side may hold at once. Each of them takes a thread here.</summary>
    public const int MaxConversations = 1024;

    private readonly Lock _lock = new();
    private readonly Lock _sending = new();
    private readonly Lock _opening = new();
    private readonly byte[] _head = new byte[ChannelFrame.Size];
    private readonly Stack<Conversation> _idle = new();
    private readonly Dictionary<uint, Conversation> _active = [];
    private readonly Dictionary<uint, IncomingCall> _incoming = [];
    private uint _lastConversation = isWorker ? 1u : 0u;
    private int _theirs;
    private uint _lastSerial;
    private uint _lanes;
    private bool _isClosed;

    /// <summary>Told when the other side says that the thread of a request is gone.</summary>
    public Action? ThreadGone { get; init; }

    /// <summary>Told when the other side breaks the rules in a conversation, and not in what <see cref="ReceiveAll"/> receives.</summary>
    public Action<ChannelException>? Broken { get; init; }

    /// <summary>Told of commands and calls of functions that this side begins; null if these may take as long as they like.</summary>
    public CallDeadline? Deadline { get; set; }

    /// <summary>Makes a request and waits for the answer. Requests of the other side that belong to it are served meanwhile.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="payload">What belongs to it: at most <see cref="ChannelFrame.MaxLength"/> bytes.</param>
    /// <param name="reply">The answer, of which nothing has been checked.</param>
    /// <param name="sent">Called with the request's number when it has been sent.</param>
    /// <returns>False if the channel is closed.</returns>
    public bool TryCall(Operation operation, PayloadWriter payload, [NotNullWhen(true)] out Reply? reply, Action<uint>? sent = null) =>
        TryCall(operation, payload.Written, [], out reply, sent);

    /// <param name="operation">What is asked for.</param>
    /// <param name="first">The first of the bytes that belong to it.</param>
    /// <param name="second">The others.</param>
    /// <param name="reply">The answer, of which nothing has been checked.</param>
    /// <param name="sent">Called with the request's number when it has been sent.</param>
    /// <inheritdoc cref="TryCall(Operation, PayloadWriter, out Reply?, Action{uint}?)"/>
    public bool TryCall(Operation operation, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, [NotNullWhen(true)] out Reply? reply, Action<uint>? sent = null)
    {
        reply = null;
        Conversation? own = Conversation.Serving(this);
        if ((own ?? Rent()) is not { } conversation || conversation.Lane?.TryEnter() == false)
        {
            return false;
        }

        try
        {
            uint serial = Interlocked.Increment(ref _lastSerial);
            conversation.Expect(serial);
            if (own is null && Deadline is { } deadline && operation is Operation.CallFunction or Operation.RunCommand)
            {
                conversation.Since = System.Diagnostics.Stopwatch.GetTimestamp();
                deadline.Begin();
            }

            var frame = new ChannelFrame(FrameKind.Call, operation, conversation.Id, serial, 0, first.Length + second.Length);
            if (!Send(frame, first, second, LaneFor(operation, conversation)))
            {
                return false;
            }

            sent?.Invoke(serial);
            return TryAwait(conversation, own is null, serial, out reply);
        }
        finally
        {
            conversation.Lane?.Leave();
        }
    }

    private bool TryAwait(Conversation conversation, bool isOwn, uint serial, [NotNullWhen(true)] out Reply? reply)
    {
        reply = null;
        while (conversation.Await(Broken) is ChannelMessage message)
        {
            if (message.Frame.Kind == FrameKind.Call)
            {
                if (!TryServe(conversation, message, awaited: serial))
                {
                    return false;
                }
            }
            else
            {
                if (isOwn)
                {
                    Return(conversation);
                }

                reply = new Reply(message.Frame.Status, message.Payload);
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks the other side to end a request early.</summary>
    public void Cancel(uint serial) => Send(new ChannelFrame(FrameKind.Cancel, Operation.None, 0, serial, 0, 0));

    /// <summary>Tells the other side that a thread that served it is gone.</summary>
    public void ReportThreadGone() => Send(new ChannelFrame(FrameKind.ThreadGone, Operation.None, 0, 0, 0, 0));

    /// <summary>Receives until the other side is gone. Then the channel is closed.</summary>
    /// <exception cref="ChannelException">The other side breaks the rules. The channel is closed.</exception>
    public void ReceiveAll()
    {
        try
        {
            byte[] head = new byte[ChannelFrame.Size];
            while (Receive(head))
            {
                ChannelFrame frame = ChannelFrame.Read(head);
                byte[] payload = frame.Length == 0 ? [] : new byte[frame.Length];
                if (!Receive(payload))
                {
                    return;
                }

                Dispatch(new ChannelMessage(frame, payload));
            }
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Ends all waiting: each request that is not answered now never will be.</summary>
    public void Close()
    {
        Conversation[] waiting;
        lock (_lock)
        {
            _isClosed = true;
            waiting = [.. _active.Values];
        }

        foreach (Conversation conversation in waiting)
        {
            conversation.Close();
        }
    }

    private bool Receive(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int received = link.Receive(bytes);
            if (received == 0)
            {
                return false;
            }

            bytes = bytes[received..];
        }

        return true;
    }

    private void Dispatch(ChannelMessage message)
    {
        switch (message.Frame.Kind)
        {
            case FrameKind.Cancel when isWorker:
                IncomingCall? cancelled;
                lock (_lock)
                {
                    cancelled = _incoming.GetValueOrDefault(message.Frame.Serial);
                }

                if (cancelled is not null)
                {
                    ChannelThreads.Run(cancelled.Cancel);
                }

                break;
            case FrameKind.ThreadGone when !isWorker:
                ThreadGone?.Invoke();
                break;
            case FrameKind.Lane when isWorker:
                OpenLane(message.Frame);
                break;
            case FrameKind.Call or FrameKind.Return:
                Deliver(message);
                break;
            default:
                throw new ChannelException($"a frame of the kind {message.Frame.Kind}, which is for the other side");
        }
    }

    private void Deliver(ChannelMessage message)
    {
        uint id = message.Frame.Conversation;
        Conversation? conversation;
        lock (_lock)
        {
            if (message.Frame.Kind == FrameKind.Call && !_incoming.TryAdd(message.Frame.Serial, new IncomingCall(message.Frame.Operation, message.Payload)))
            {
                throw new ChannelException($"a second request {message.Frame.Serial}");
            }

            if (!_active.TryGetValue(id, out conversation) && message.Frame.Kind == FrameKind.Call && IsTheirs(id))
            {
                if (_theirs == MaxConversations)
                {
                    throw new ChannelException($"more than {MaxConversations} conversations at once");
                }

                _theirs++;
                conversation = new Conversation(id);
                _active.Add(id, conversation);
                ChannelThreads.Run(() => TryServe(conversation, message, awaited: null));
                return;
            }
        }

        if (conversation?.TryDeliver(message) != true)
        {
            throw new ChannelException($"a frame of conversation {id}, in which none was expected");
        }
    }

    private bool IsTheirs(uint id) => id != 0 && (id % 2 != 0) != isWorker;

    private bool Send(in ChannelFrame frame, ReadOnlySpan<byte> first = default, ReadOnlySpan<byte> second = default, Lane? lane = null)
    {
        if (lane is not null && frame.Length <= Lane.Capacity)
        {
            Span<byte> head = stackalloc byte[ChannelFrame.Size];
            frame.WriteTo(head);
            lane.Send(head, first, second);
            return true;
        }

        lock (_sending)
        {
            frame.WriteTo(_head);
            return link.Send(_head) && link.Send(first) && link.Send(second);
        }
    }
}

/// <summary>The answer to a request.</summary>
/// <param name="Status">NP_OK or an error.</param>
/// <param name="Payload">What belongs to it. Nothing of it has been checked.</param>
internal sealed record Reply(int Status, byte[] Payload)
{
    public PayloadReader Read() => new(Payload);
}
