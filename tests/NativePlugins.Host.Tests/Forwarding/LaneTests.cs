using System.Buffers.Binary;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Forwarding;

/// <summary>Both ends of a lane, in one process.</summary>
public sealed class LaneTests : IDisposable
{
    private readonly SharedMemory _memory = SharedMemory.Create("lanes", Lane.MemorySize, out Microsoft.Win32.SafeHandles.SafeFileHandle? descriptor) is { } memory && Close(descriptor) ? memory : null!;

    public void Dispose() => _memory?.Dispose();

    [LinuxFact]
    public void What_one_side_sends_the_other_receives_once()
    {
        (Lane application, Lane worker) = Pair(0);

        application.Send(Head(5), [1, 2], [3, 4, 5]);

        byte[] head = new byte[24];
        Assert.True(worker.TryReceive(head, out byte[]? payload));
        Assert.Equal(Head(5), head);
        Assert.Equal([1, 2, 3, 4, 5], payload!);
        Assert.False(worker.TryReceive(head, out _));
        Assert.False(application.TryReceive(head, out _));
    }

    [LinuxFact]
    public void Lanes_do_not_touch_each_other()
    {
        (Lane first, _) = Pair(0);
        (_, Lane second) = Pair(1);

        first.Send(Head(Lane.Capacity), new byte[Lane.Capacity], []);

        Assert.False(second.TryReceive(new byte[24], out _));
    }

    [LinuxFact]
    public void Two_threads_that_answer_each_other_miss_nothing_however_long_they_wait()
    {
        (Lane application, Lane worker) = Pair(Lane.Count - 1);
        const int Rounds = 20_000;
        var answering = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                worker.Send(Head(4), Await(worker), []);
                if (i % 1000 == 0)
                {
                    Thread.Yield();
                }
            }
        });
        answering.Start();

        byte[] number = new byte[4];
        for (int i = 0; i < Rounds; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, i);
            application.Send(Head(4), number, []);
            Assert.Equal(i, BinaryPrimitives.ReadInt32LittleEndian(Await(application)));
        }

        answering.Join();
    }

    [LinuxFact]
    public void Who_sleeps_wakes_when_the_bell_is_rung_even_if_that_was_just_before()
    {
        (_, Lane worker) = Pair(0);
        uint bell = worker.Bell;

        worker.Ring();
        worker.Wait(bell, isAnswer: false);

        Assert.NotEqual(bell, worker.Bell);
    }

    [LinuxTheory]
    [InlineData(-1)]
    [InlineData(Lane.Capacity + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_that_cannot_be_is_no_message(int length)
    {
        (Lane application, Lane worker) = Pair(0);

        application.Send(Head(length), [], []);

        Assert.True(worker.TryReceive(new byte[24], out byte[]? payload));
        Assert.Null(payload);
    }

    [LinuxFact]
    public void Memory_that_is_gone_is_not_entered_and_stays_while_somebody_is_inside()
    {
        (Lane application, Lane worker) = Pair(0);
        Assert.True(worker.TryEnter());
        _memory.Dispose();

        application.Send(Head(0), [], []);

        Assert.True(worker.TryReceive(new byte[24], out _));
        worker.Leave();
        Assert.False(worker.TryEnter());
    }

    private (Lane Application, Lane Worker) Pair(int index) => (new Lane(_memory, index, isWorker: false), new Lane(_memory, index, isWorker: true));

    private static byte[] Await(Lane lane)
    {
        byte[] head = new byte[24];
        while (true)
        {
            uint bell = lane.Bell;
            if (lane.TryReceive(head, out byte[]? payload))
            {
                return payload!;
            }

            lane.Wait(bell, isAnswer: true);
        }
    }

    private static byte[] Head(int length)
    {
        byte[] head = new byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(head, length);
        return head;
    }

    private static bool Close(Microsoft.Win32.SafeHandles.SafeFileHandle? descriptor)
    {
        descriptor?.Dispose();
        return true;
    }
}
