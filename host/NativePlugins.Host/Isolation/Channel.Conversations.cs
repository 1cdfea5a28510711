using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <content>Conversations: whose turn it is, on which thread, and through which lane.</content>
internal sealed partial class Channel
{
    private bool TryServe(Conversation conversation, ChannelMessage message, uint? awaited)
    {
        uint serial = message.Frame.Serial;
        IncomingCall call = message.IsFromLane ? new IncomingCall(message.Frame.Operation, message.Payload) : Incoming(serial);
        Answer answer = conversation.Serve(this, () => Serve(call));
        if (!message.IsFromLane)
        {
            lock (_lock)
            {
                _incoming.Remove(serial);
                if (awaited is null && conversation.Lane is null)
                {
                    // Before the answer: the other side may use the number again as soon as it has that.
                    _active.Remove(conversation.Id);
                    _theirs--;
                }
            }
        }

        if (awaited is uint unanswered)
        {
            conversation.Expect(unanswered);
        }
        else if (conversation.Lane is not null)
        {
            conversation.ExpectCall();
        }

        ReadOnlySpan<byte> payload = answer.Written;
        bool isSent = Send(
            new ChannelFrame(FrameKind.Return, Operation.None, conversation.Id, serial, answer.Status, payload.Length), payload, [], LaneFor(call.Operation, conversation));
        answer.Message?.Return();
        return isSent;
    }

    private IncomingCall Incoming(uint serial)
    {
        lock (_lock)
        {
            return _incoming[serial];
        }
    }

    private Answer Serve(IncomingCall call)
    {
        try
        {
            Answer answer = serve(call);
            return answer.Written.Length > ChannelFrame.MaxLength
                ? throw new InvalidOperationException($"The answer is larger than {ChannelFrame.MaxLength} bytes.")
                : answer;
        }
        catch (Exception e)
        {
            return new Answer(np.NP_E_FAULT, new PayloadWriter().Error(new PluginRemoteError(np.NP_E_FAULT, e.GetType().FullName ?? "", e.Message, e.ToString())));
        }
    }

    private void OpenLane(in ChannelFrame frame)
    {
        Conversation conversation;
        lock (_lock)
        {
            // The application opens them one after the other, and never closes one.
            if (link.Memory is not { } memory || frame.Serial != _lanes || frame.Serial >= Lane.Count || !IsTheirs(frame.Conversation) || _active.ContainsKey(frame.Conversation))
            {
                throw new ChannelException($"the lane {frame.Serial} for conversation {frame.Conversation}");
            }

            conversation = new Conversation(frame.Conversation, new Lane(memory, (int)_lanes++, isWorker));
            _active.Add(conversation.Id, conversation);
        }

        conversation.ExpectCall();
        new Thread(() => ServeLane(conversation)) { IsBackground = true, Name = "NativePlugins lane" }.UnsafeStart();
    }

    /// <summary>Serves one thread of the application, for good.</summary>
    private void ServeLane(Conversation conversation)
    {
        if (conversation.Lane!.TryEnter())
        {
            while (conversation.Await(Broken) is ChannelMessage message && TryServe(conversation, message, awaited: null))
            {
                // The next one.
            }

            conversation.Lane.Leave();
        }
    }

    private static Lane? LaneFor(Operation operation, Conversation conversation) => operation == Operation.CallFunction ? conversation.Lane : null;

    /// <summary>When the oldest call that has a deadline has begun; null if there is none.</summary>
    public long? OldestCall()
    {
        lock (_lock)
        {
            long? oldest = null;
            foreach (Conversation conversation in _active.Values)
            {
                if (conversation.Since is long since && since != 0 && !(since > oldest))
                {
                    oldest = since;
                }
            }

            return oldest;
        }
    }

    private Conversation? Rent()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            if (_idle.TryPop(out Conversation? idle))
            {
                _active.Add(idle.Id, idle);
                return idle;
            }
        }

        return isWorker || link.Memory is not { } memory ? Begin(null) : BeginWithLane(memory);
    }

    /// <summary>Tells the worker of the next lane, one after the other. The other side may keep the sender waiting, so nothing else waits for that.</summary>
    private Conversation? BeginWithLane(SharedMemory memory)
    {
        lock (_opening)
        {
            bool isLeft = _lanes < Lane.Count;
            Conversation? conversation = Begin(isLeft ? new Lane(memory, (int)_lanes, isWorker) : null);
            if (isLeft && conversation is not null)
            {
                Send(new ChannelFrame(FrameKind.Lane, Operation.None, conversation.Id, _lanes++, 0, 0));
            }

            return conversation;
        }
    }

    private Conversation? Begin(Lane? lane)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            var conversation = new Conversation(_lastConversation += 2, lane);
            _active.Add(conversation.Id, conversation);
            return conversation;
        }
    }

    private void Return(Conversation conversation)
    {
        lock (_lock)
        {
            conversation.Since = 0;
            _active.Remove(conversation.Id);
            _idle.Push(conversation);
        }
    }
}
