using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Isolation;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>Calls of functions through lanes, and all others beside them.</summary>
public sealed class LaneChannelTests : IDisposable
{
    private readonly SharedMemory? _memory;
    private readonly MemoryLink _applicationLink, _workerLink;
    private readonly Channel _application, _worker;
    private readonly Thread[] _receivers;
    private readonly List<ChannelException> _violations = [];
    private Func<IncomingCall, Answer> _serveApplication = static _ => new Answer(np.NP_OK), _serveWorker = static _ => new Answer(np.NP_OK);

    public LaneChannelTests()
    {
        if (OperatingSystem.IsLinux())
        {
            _memory = SharedMemory.Create("lanes", Lane.MemorySize, out Microsoft.Win32.SafeHandles.SafeFileHandle? descriptor);
            descriptor?.Dispose();
        }

        (_applicationLink, _workerLink) = MemoryLink.CreatePair(_memory);
        _application = new Channel(_applicationLink, isWorker: false, call => _serveApplication(call)) { Broken = Broken };
        _worker = new Channel(_workerLink, isWorker: true, call => _serveWorker(call)) { Broken = Broken };
        _receivers = [new Thread(_application.ReceiveAll), new Thread(_worker.ReceiveAll)];
        Array.ForEach(_receivers, receiver => receiver.Start());
    }

    public void Dispose()
    {
        _applicationLink.Close();
        _workerLink.Close();
        Array.ForEach(_receivers, receiver => receiver.Join());
        _memory?.Dispose();
    }

    [LinuxFact]
    public void A_call_of_a_function_is_not_sent_over_the_link()
    {
        Assert.True(Call(Operation.CallFunction, 1));
        int before = _applicationLink.Sent;

        Assert.True(Call(Operation.CallFunction, 1));

        Assert.Equal(before, _applicationLink.Sent);
    }

    [LinuxFact]
    public void Calls_of_both_ways_reach_one_thread()
    {
        var threads = new HashSet<int>();
        _serveWorker = call =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return new Answer(call.Read().Int32());
        };

        foreach (Operation operation in (Operation[])[Operation.CallFunction, Operation.RunCommand, Operation.CallFunction, Operation.CallFunction, Operation.Start])
        {
            Assert.True(_application.TryCall(operation, new PayloadWriter().Int32((int)operation), out Reply? reply));
            Assert.Equal((int)operation, reply.Status);
        }

        Assert.Single(threads);
    }

    [LinuxFact]
    public void Calls_back_run_on_the_threads_that_wait_however_deep_they_are()
    {
        List<int> applications = [Environment.CurrentManagedThreadId], workers = [];
        _serveWorker = call => Deeper(_worker, call, workers);
        _serveApplication = call => Deeper(_application, call, applications);

        Assert.True(Call(Operation.CallFunction, 20));

        Assert.Equal((11, 10), (applications.Count, workers.Count));
        Assert.Equal((1, 1), (applications.Distinct().Count(), workers.Distinct().Count()));

        static Answer Deeper(Channel channel, IncomingCall call, List<int> threads)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            int depth = call.Read().Int32() - 1;
            Operation way = depth % 3 == 0 ? Operation.Start : Operation.CallFunction;
            return depth == 0 ? new Answer(np.NP_OK)
                : channel.TryCall(way, new PayloadWriter().Int32(depth), out Reply? reply) ? new Answer(reply.Status) : new Answer(np.NP_E_IO);
        }
    }

    [LinuxFact]
    public void What_no_lane_holds_goes_over_the_link()
    {
        _serveWorker = call => new Answer(np.NP_OK, new PayloadWriter().Raw(call.Read().Rest()));
        byte[] large = new byte[Lane.Capacity + 1];
        large[^1] = 7;

        Assert.True(_application.TryCall(Operation.CallFunction, large, [], out Reply? reply));

        Assert.Equal(large, reply.Payload);
        Assert.True(Call(Operation.CallFunction, 1));
    }

    [LinuxFact]
    public void More_threads_than_there_are_lanes_call_at_once()
    {
        _serveWorker = call => new Answer(call.Read().Int32());
        using var together = new Barrier(Lane.Count + 8);
        var wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Lane.Count + 8).Select(number => new Thread(() =>
        {
            together.SignalAndWait();
            for (int i = 0; i < 50; i++)
            {
                if (!_application.TryCall(Operation.CallFunction, new PayloadWriter().Int32(number), out Reply? reply) || reply.Status != number)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, wrong);
    }

    [LinuxFact]
    public void A_call_in_flight_ends_when_the_link_closes()
    {
        _serveWorker = _ =>
        {
            _applicationLink.Close();
            _workerLink.Close();
            Array.ForEach(_receivers, receiver => receiver.Join());
            return new Answer(np.NP_OK);
        };

        bool isAnswered = Call(Operation.CallFunction, 1);

        // The answer may still have come through the lane; the next call has none.
        Assert.False(isAnswered && Call(Operation.CallFunction, 1));
    }

    [LinuxFact]
    public void An_answer_through_a_lane_to_another_call_is_a_violation_and_ends_the_wait()
    {
        _serveWorker = _ =>
        {
            var liar = new Lane(_memory!, 0, isWorker: true);
            byte[] head = new byte[ChannelFrame.Size];
            new ChannelFrame(FrameKind.Return, Operation.None, 2, 12345, 0, 0).WriteTo(head);
            liar.Send(head, [], []);
            SpinWait.SpinUntil(() =>
            {
                lock (_violations)
                {
                    return _violations.Count > 0;
                }
            });
            return new Answer(np.NP_OK);
        };

        Assert.False(Call(Operation.CallFunction, 1));
        Assert.NotEmpty(_violations);
    }

    private bool Call(Operation operation, int number) => _application.TryCall(operation, new PayloadWriter().Int32(number), out _);

    // As the application does, which ends the worker, and so the link.
    private void Broken(ChannelException violation)
    {
        lock (_violations)
        {
            _violations.Add(violation);
        }

        _applicationLink.Close();
        _workerLink.Close();
    }
}
