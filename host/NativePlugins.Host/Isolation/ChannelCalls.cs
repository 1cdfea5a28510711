using System.Buffers.Binary;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Isolation;

/// <summary>Calls of contracts over a channel: the same at both ends.</summary>
/// <param name="channel">The way to the other side.</param>
/// <param name="noteLost">Notes why a call has no answer, and returns its status.</param>
/// <param name="broken">Told that the other side breaks the rules.</param>
/// <param name="calling">Called with each call of a function; null for nothing.</param>
internal sealed class ChannelCalls(Channel channel, Func<string, int> noteLost, Action<ChannelException> broken, Action? calling = null) : IRemoteCalls
{
    private const int RetryMilliseconds = 1;

    public bool TryCall(uint table, int slot, MessageWriter arguments, out int status, out ReadOnlyMemory<byte> answer)
    {
        calling?.Invoke();
        Span<byte> target = stackalloc byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(target, table);
        BinaryPrimitives.WriteInt32LittleEndian(target[sizeof(uint)..], slot);
        bool isAnswered = channel.TryCall(Operation.CallFunction, target, arguments.Written, out Reply? reply);
        (status, answer) = isAnswered ? (reply!.Status, reply.Payload) : default;
        return isAnswered;
    }

    public int Complete(uint number, MessageWriter outcome) =>
        channel.TryCall(Operation.CompleteCall, new PayloadWriter().UInt32(number).Raw(outcome.Written), out Reply? reply) ? reply.Status : np.NP_E_INVALID_STATE;

    // The call may be on its way when its cancellation arrives, which is another way. Then it is not found yet.
    public void Cancel(uint number, Func<bool> isWanted) => ChannelThreads.Run(() =>
    {
        while (isWanted() && channel.TryCall(Operation.CancelCall, new PayloadWriter().UInt32(number), out Reply? reply) && reply.Status == np.NP_E_NOT_FOUND)
        {
            Thread.Sleep(RetryMilliseconds);
        }
    });

    public int NoteLost(string call) => noteLost(call);

    public void Break(MessageException violation) => broken(new ChannelException(violation.Message));

    /// <summary>Serves a request of the other side's.</summary>
    /// <exception cref="ChannelException">It breaks the rules.</exception>
    public static Answer Serve(ForwardedCalls calls, IncomingCall call)
    {
        PayloadReader reader = call.Read();
        uint number = reader.UInt32();
        try
        {
            switch (call.Operation)
            {
                case Operation.CallFunction:
                    uint slot = reader.UInt32();
                    MessageWriter answer = MessageWriter.Rent();
                    return new Answer(calls.Serve(number, slot, reader.Rest(), answer), Message: answer);
                case Operation.CompleteCall:
                    return new Answer(calls.Complete(number, reader.Rest()));
                default:
                    reader.End();
                    return new Answer(calls.Cancel(number) ? np.NP_OK : np.NP_E_NOT_FOUND);
            }
        }
        catch (MessageException e)
        {
            throw new ChannelException(e.Message);
        }
    }
}
