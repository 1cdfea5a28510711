using NativePlugins.Host.Calls;
using Xunit;

namespace NativePlugins.Host.Tests.Calls;

/// <summary>A gate that is closed only for a while.</summary>
public sealed class PausedGateTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_call_that_arrives_waits_until_the_gate_opens()
    {
        using CallGate gate = OpenGate();
        gate.Pause(s_limit);
        using var caller = new Caller(gate);
        caller.WaitUntilBlocked();

        gate.Open();

        Assert.True(caller.Result());
    }

    [Fact]
    public void A_call_that_waits_does_not_keep_the_gate_from_being_empty()
    {
        using CallGate gate = OpenGate();
        gate.Pause(s_limit);
        using var caller = new Caller(gate);
        caller.WaitUntilBlocked();

        Assert.True(gate.WaitUntilEmpty(TimeSpan.Zero));
        gate.Open();
        caller.Result();
    }

    [Fact]
    public void A_call_that_waits_is_refused_when_the_gate_closes_for_good()
    {
        using CallGate gate = OpenGate();
        gate.Pause(Timeout.InfiniteTimeSpan);
        using var caller = new Caller(gate);
        caller.WaitUntilBlocked();

        gate.Close();

        Assert.False(caller.Result());
    }

    [Fact]
    public void Without_patience_a_call_is_refused_at_once()
    {
        using CallGate gate = OpenGate();
        gate.Pause(TimeSpan.Zero);

        Assert.False(gate.TryEnter(out _));
    }

    [Fact]
    public void Who_was_refused_can_tell_a_pause_from_a_closed_gate_whatever_the_gate_is_by_then()
    {
        using CallGate gate = OpenGate();
        gate.Pause(TimeSpan.Zero);
        gate.TryEnter(out _);
        gate.Close();
        Assert.True(CallGate.WasPaused);

        gate.TryEnter(out _);
        gate.Open();
        Assert.False(CallGate.WasPaused);
    }

    [Fact]
    public void Patience_ends()
    {
        using CallGate gate = OpenGate();
        gate.Pause(TimeSpan.FromMilliseconds(20));

        Assert.False(gate.TryEnter(out _));
    }

    [Fact]
    public void A_thread_inside_another_gate_does_not_wait()
    {
        using CallGate gate = OpenGate();
        using CallGate other = OpenGate();
        Assert.True(other.TryEnter(out CallLease call));
        gate.Pause(Timeout.InfiniteTimeSpan);

        Assert.False(gate.TryEnter(out _));
        call.Dispose();
    }

    [Fact]
    public void A_thread_inside_passes()
    {
        using CallGate gate = OpenGate();
        Assert.True(gate.TryEnter(out CallLease outer));
        gate.Pause(Timeout.InfiniteTimeSpan);

        Assert.True(gate.TryEnter(out CallLease inner));
        inner.Dispose();
        outer.Dispose();
        Assert.True(gate.WaitUntilEmpty(TimeSpan.Zero));
    }

    [Fact]
    public void A_hold_that_another_thread_ends_is_waited_for()
    {
        using CallGate gate = OpenGate();
        var holds = new HoldCount();
        Assert.True(gate.TryEnter(out CallLease call));
        holds.Add();
        call.Dispose();
        gate.Pause(s_limit);

        Assert.False(gate.WaitUntilEmpty(TimeSpan.Zero, holds));
        var ender = new Thread(holds.Remove);
        ender.Start();
        Assert.True(gate.WaitUntilEmpty(s_limit, holds));
        ender.Join();
    }

    [Fact]
    public void Waiting_for_calls_can_be_given_up()
    {
        using CallGate gate = OpenGate();
        Assert.True(gate.TryEnter(out CallLease call));
        gate.Pause(s_limit);

        Assert.False(gate.WaitUntilEmpty(Timeout.InfiniteTimeSpan, giveUp: () => true));
        call.Dispose();
    }

    [Fact]
    public void Another_thread_sees_when_the_calls_of_this_one_have_ended()
    {
        using CallGate gate = OpenGate();
        Assert.True(gate.TryEnter(out CallLease call));
        Func<bool> isInside = gate.WatchCurrentThread();

        Assert.True(OnAnotherThread(isInside));
        call.Dispose();
        Assert.False(OnAnotherThread(isInside));
    }

    [Fact]
    public void Sixty_four_callers_lose_no_call_and_meet_no_closed_gate_inside()
    {
        const int Pauses = 100;
        using CallGate gate = OpenGate();
        int inside = 0, met = 0, refused = 0;
        bool isOver = false, isEmptied = false;
        Thread[] callers = [.. Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (!gate.TryEnter(out CallLease call))
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                Interlocked.Increment(ref inside);
                if (Volatile.Read(ref isEmptied))
                {
                    Interlocked.Increment(ref met);
                }

                Interlocked.Decrement(ref inside);
                call.Dispose();
            }
        }))];
        Array.ForEach(callers, thread => thread.Start());
        for (int i = 0; i < Pauses; i++)
        {
            gate.Pause(s_limit);
            Assert.True(gate.WaitUntilEmpty(s_limit));
            Volatile.Write(ref isEmptied, true);
            met += Volatile.Read(ref inside);
            Volatile.Write(ref isEmptied, false);
            gate.Open();
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(callers, thread => thread.Join());
        Assert.Equal((0, 0), (met, refused));
    }

    /// <summary>Checks the test above: if this found no call inside, that test would pass even without a gate.</summary>
    [Fact]
    public void Without_the_gate_calls_are_found_inside()
    {
        int inside = 0, met = 0;
        bool isOver = false;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                Interlocked.Increment(ref inside);
                Interlocked.Decrement(ref inside);
            }
        }))];
        Array.ForEach(callers, thread => thread.Start());
        for (long end = Environment.TickCount64 + 30_000; met == 0 && Environment.TickCount64 < end;)
        {
            met += Volatile.Read(ref inside);
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(callers, thread => thread.Join());
        Assert.NotEqual(0, met);
    }

    private static CallGate OpenGate()
    {
        var gate = new CallGate();
        gate.Open();
        return gate;
    }

    private static bool OnAnotherThread(Func<bool> question)
    {
        bool answer = false;
        var thread = new Thread(() => answer = question());
        thread.Start();
        thread.Join();
        return answer;
    }

    private sealed class Caller : IDisposable
    {
        private readonly Thread _thread;
        private bool _isIn;

        public Caller(CallGate gate)
        {
            _thread = new Thread(() =>
            {
                _isIn = gate.TryEnter(out CallLease call);
                call.Dispose();
            });
            _thread.Start();
        }

        public void WaitUntilBlocked() => Assert.True(
            SpinWait.SpinUntil(() => _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_limit));

        public bool Result()
        {
            Assert.True(_thread.Join(s_limit));
            return _isIn;
        }

        public void Dispose() => _thread.Join();
    }
}
