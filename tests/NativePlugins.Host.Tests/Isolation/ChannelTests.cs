using NativePlugins.Abi;
using NativePlugins.Host.Isolation;
using Xunit;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>Two sides that keep to the rules.</summary>
public sealed class ChannelTests : IDisposable
{
    private readonly MemoryLink _applicationLink, _workerLink;
    private readonly Channel _application, _worker;
    private readonly Thread[] _receivers;
    private Func<IncomingCall, Answer> _serveApplication = static _ => new Answer(np.NP_OK), _serveWorker = static _ => new Answer(np.NP_OK);

    public ChannelTests()
    {
        (_applicationLink, _workerLink) = MemoryLink.CreatePair();
        _application = new Channel(_applicationLink, isWorker: false, call => _serveApplication(call));
        _worker = new Channel(_workerLink, isWorker: true, call => _serveWorker(call));
        _receivers = [new Thread(_application.ReceiveAll), new Thread(_worker.ReceiveAll)];
        Array.ForEach(_receivers, receiver => receiver.Start());
    }

    [Fact]
    public void An_answer_comes_back_to_its_call()
    {
        _serveWorker = call =>
        {
            PayloadReader reader = call.Read();
            return new Answer(7, new PayloadWriter().Text($"{call.Operation} {reader.Text()}"));
        };

        Assert.True(_application.TryCall(Operation.Start, new PayloadWriter().Text("it"), out Reply? reply));
        Assert.Equal((7, "Start it"), (reply.Status, reply.Read().Text()));
    }

    [Fact]
    public void Calls_back_run_on_the_threads_that_wait_however_deep_they_are()
    {
        List<int> applications = [], workers = [];
        _serveWorker = call => Deeper(_worker, call, workers);
        _serveApplication = call => Deeper(_application, call, applications);
        applications.Add(Environment.CurrentManagedThreadId);

        Assert.True(_application.TryCall(Operation.Start, new PayloadWriter().Int32(20), out Reply? reply));

        Assert.Equal(np.NP_OK, reply.Status);
        Assert.Equal((11, 10), (applications.Count, workers.Count));
        Assert.Equal((1, 1), (applications.Distinct().Count(), workers.Distinct().Count()));
        Assert.NotEqual(applications[0], workers[0]);

        static Answer Deeper(Channel channel, IncomingCall call, List<int> threads)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            int depth = call.Read().Int32() - 1;
            return depth == 0 ? new Answer(np.NP_OK)
                : channel.TryCall(Operation.Start, new PayloadWriter().Int32(depth), out Reply? reply) ? new Answer(reply.Status) : new Answer(np.NP_E_IO);
        }
    }

    [Fact]
    public void A_thread_of_the_workers_own_calls_beside_the_others()
    {
        using var isInside = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        _serveWorker = _ =>
        {
            isInside.Set();
            mayEnd.Wait();
            return new Answer(np.NP_OK);
        };
        var caller = new Thread(() => _application.TryCall(Operation.RunCommand, new PayloadWriter(), out _));
        caller.Start();
        isInside.Wait();

        Assert.True(_worker.TryCall(Operation.WriteLog, new PayloadWriter(), out _));

        mayEnd.Set();
        caller.Join();
    }

    [Fact]
    public void A_cancelled_call_sees_it_whenever_it_looks()
    {
        using var isCancelled = new ManualResetEventSlim();
        _serveWorker = call =>
        {
            isCancelled.Wait();
            call.CancellationToken.WaitHandle.WaitOne();
            return new Answer(np.NP_E_CANCELLED);
        };

        Assert.True(_application.TryCall(Operation.RunCommand, new PayloadWriter(), out Reply? reply, serial =>
        {
            _application.Cancel(serial);
            isCancelled.Set();
        }));

        Assert.Equal(np.NP_E_CANCELLED, reply.Status);
    }

    [Fact]
    public void What_a_server_throws_is_an_answer()
    {
        _serveWorker = _ => throw new InvalidDataException("it went wrong");

        Assert.True(_application.TryCall(Operation.Start, new PayloadWriter(), out Reply? reply));
        Assert.Equal((np.NP_E_FAULT, "it went wrong"), (reply.Status, reply.Read().Error()!.Message));
    }

    [Fact]
    public void The_end_of_the_other_side_ends_every_wait_and_lets_no_call_begin()
    {
        using var isInside = new CountdownEvent(8);
        using var never = new ManualResetEventSlim();
        _serveWorker = _ =>
        {
            isInside.Signal();
            never.Wait();
            return new Answer(np.NP_OK);
        };
        Task<bool>[] calls = [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() => _application.TryCall(Operation.Start, new PayloadWriter(), out Reply? _), TaskCreationOptions.LongRunning))];
        isInside.Wait();

        _workerLink.Close();

        Assert.All(calls, call => Assert.False(call.Result));
        _receivers[0].Join();
        Assert.False(_application.TryCall(Operation.Start, new PayloadWriter(), out _));
        never.Set();
    }

    [Fact]
    public void An_interrupt_of_the_waiting_thread_takes_effect_after_the_call()
    {
        using var isInside = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        _serveWorker = _ =>
        {
            isInside.Set();
            mayEnd.Wait();
            return new Answer(np.NP_OK);
        };
        (bool IsAnswered, bool IsInterrupted) seen = default;
        var caller = new Thread(() =>
        {
            seen.IsAnswered = _application.TryCall(Operation.Start, new PayloadWriter(), out _);
            try
            {
                Thread.Sleep(0);
            }
            catch (ThreadInterruptedException)
            {
                seen.IsInterrupted = true;
            }
        });
        caller.Start();
        isInside.Wait();

        caller.Interrupt();
        mayEnd.Set();
        caller.Join();

        Assert.Equal((true, true), seen);
    }

    public void Dispose()
    {
        _applicationLink.Close();
        _workerLink.Close();
        Array.ForEach(_receivers, receiver => receiver.Join());
    }
}
