using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Abi;
using NativePlugins.Host.Isolation;
using Xunit;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>A worker that does not keep to the rules: the application says which, and nobody waits for ever.</summary>
public sealed class HostileChannelTests
{
    [Fact]
    public void Any_bytes_are_a_violation_or_the_end_and_never_anything_else() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<byte[], bool>((bytes, looksLikeAFrame) =>
        {
            if (looksLikeAFrame && bytes.Length >= ChannelFrame.Size)
            {
                // A head whose kind and length can be, so that what is behind it counts too.
                (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)(bytes.Length - ChannelFrame.Size), 0, 0, 0);
                bytes[4] = (byte)(1 + (bytes[4] % 5));
                (bytes[6], bytes[7], bytes[20], bytes[21], bytes[22], bytes[23]) = (0, 0, 0, 0, 0, 0);
            }

            return Ending(bytes) is null or ChannelException;
        }));

    [Fact]
    public void An_answer_that_nobody_waits_for_is_a_violation() => Violates("was expected", Frame(FrameKind.Return, conversation: 2, serial: 1));

    [Fact]
    public void A_call_in_a_conversation_of_the_application_is_a_violation() => Violates("was expected", Frame(FrameKind.Call, conversation: 2, serial: 1));

    [Fact]
    public void A_call_in_conversation_0_is_a_violation() => Violates("was expected", Frame(FrameKind.Call, conversation: 0, serial: 1));

    [Fact]
    public void Cancelling_is_for_the_application() => Violates("for the other side", Frame(FrameKind.Cancel, conversation: 0, serial: 1));

    [Fact]
    public void A_frame_that_is_too_long_is_not_read() => Violates("8388608 are the most", [0xFF, 0xFF, 0xFF, 0x7F, .. Frame(FrameKind.Call, 3, 1)[4..]]);

    [Fact]
    public void Two_calls_of_one_number_are_a_violation()
    {
        using var mayEnd = new ManualResetEventSlim();
        (MemoryLink application, MemoryLink worker) = MemoryLink.CreatePair();
        var channel = new Channel(application, isWorker: false, _ =>
        {
            mayEnd.Wait();
            return new Answer(np.NP_OK);
        });
        worker.Send(Frame(FrameKind.Call, conversation: 3, serial: 1));
        worker.Send(Frame(FrameKind.Call, conversation: 5, serial: 1));

        Assert.Contains("a second request 1", Assert.Throws<ChannelException>(channel.ReceiveAll).Message, StringComparison.Ordinal);
        mayEnd.Set();
    }

    [Fact]
    public void More_conversations_than_there_may_be_are_a_violation()
    {
        using var mayEnd = new ManualResetEventSlim();
        (MemoryLink application, MemoryLink worker) = MemoryLink.CreatePair();
        var channel = new Channel(application, isWorker: false, _ =>
        {
            mayEnd.Wait();
            return new Answer(np.NP_OK);
        });
        for (uint call = 1; call <= Channel.MaxConversations + 1; call++)
        {
            worker.Send(Frame(FrameKind.Call, conversation: (2 * call) + 1, serial: call));
        }

        Assert.Contains("more than 1024 conversations", Assert.Throws<ChannelException>(channel.ReceiveAll).Message, StringComparison.Ordinal);
        mayEnd.Set();
    }

    [Fact]
    public void An_answer_to_another_call_is_a_violation_and_ends_the_wait()
    {
        (MemoryLink application, MemoryLink worker) = MemoryLink.CreatePair();
        var channel = new Channel(application, isWorker: false, _ => new Answer(np.NP_OK));
        ChannelException? violation = null;
        var receiver = new Thread(() => violation = Assert.Throws<ChannelException>(channel.ReceiveAll));
        receiver.Start();

        bool isAnswered = channel.TryCall(Operation.Start, new PayloadWriter(), out _, serial => worker.Send(Frame(FrameKind.Return, conversation: 2, serial: serial + 1)));

        receiver.Join();
        Assert.False(isAnswered);
        Assert.NotNull(violation);
    }

    private static byte[] Frame(FrameKind kind, uint conversation, uint serial)
    {
        byte[] head = new byte[ChannelFrame.Size];
        new ChannelFrame(kind, kind == FrameKind.Call ? Operation.WriteLog : Operation.None, conversation, serial, 0, 0).WriteTo(head);
        return head;
    }

    private static void Violates(string words, byte[] bytes)
    {
        Exception? ending = Ending(bytes);

        Assert.Contains(words, Assert.IsType<ChannelException>(ending).Message, StringComparison.Ordinal);
    }

    private static Exception? Ending(byte[] bytes)
    {
        (MemoryLink application, MemoryLink worker) = MemoryLink.CreatePair();
        var channel = new Channel(application, isWorker: false, _ => new Answer(np.NP_OK));
        worker.Send(bytes);
        worker.Close();
        return Record.Exception(channel.ReceiveAll);
    }
}
