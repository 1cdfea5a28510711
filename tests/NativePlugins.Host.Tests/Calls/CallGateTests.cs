using NativePlugins.Host.Calls;
using Xunit;

namespace NativePlugins.Host.Tests.Calls;

public sealed class CallGateTests
{
    [Fact]
    public void A_new_gate_lets_nobody_in()
    {
        using var gate = new CallGate();

        Assert.False(gate.TryEnter(out _));
    }

    [Fact]
    public void An_open_gate_lets_calls_in()
    {
        using CallGate gate = OpenGate();

        Assert.True(gate.TryEnter(out CallLease call));
        call.Dispose();
    }

    [Fact]
    public void A_thread_inside_a_call_passes_the_closed_gate()
    {
        using CallGate gate = OpenGate();
        Assert.True(gate.TryEnter(out CallLease outer));
        gate.Close();

        Assert.True(gate.TryEnter(out CallLease inner));
        inner.Dispose();
        outer.Dispose();
        Assert.False(gate.TryEnter(out _));
    }

    [Fact]
    public void A_refused_entry_leaves_no_call_behind()
    {
        using var gate = new CallGate();
        gate.TryEnter(out _);

        Assert.True(gate.WaitUntilEmpty(TimeSpan.Zero));
    }

    [Fact]
    public void Closing_waits_for_the_call_of_another_thread()
    {
        using CallGate gate = OpenGate();
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var caller = new Thread(() =>
        {
            gate.TryEnter(out CallLease call);
            entered.Set();
            leave.Wait();
            call.Dispose();
        });
        caller.Start();
        entered.Wait();
        gate.Close();

        Assert.False(gate.WaitUntilEmpty(TimeSpan.Zero));
        leave.Set();
        Assert.True(gate.WaitUntilEmpty(TimeSpan.FromSeconds(30)));
        caller.Join();
    }

    [Fact]
    public void The_current_thread_knows_whether_it_is_inside()
    {
        using CallGate gate = OpenGate();
        Assert.False(gate.IsHeldByCurrentThread);
        gate.TryEnter(out CallLease call);

        Assert.True(gate.IsHeldByCurrentThread);
        call.Dispose();
        Assert.False(gate.IsHeldByCurrentThread);
    }

    [Fact]
    public void A_disposed_gate_lets_nobody_in_who_is_inside_a_gate_that_took_its_place()
    {
        CallGate old = OpenGate();
        old.Close();
        old.Dispose();
        using CallGate next = OpenGate();
        Assert.True(next.TryEnter(out CallLease call));

        Assert.False(old.TryEnter(out _));
        call.Dispose();
        next.Close();
        Assert.True(next.WaitUntilEmpty(TimeSpan.Zero));
    }

    [Fact]
    public void Many_gates_at_once_do_not_disturb_each_other()
    {
        CallGate[] gates = [.. Enumerable.Range(0, 200).Select(_ => OpenGate())];
        EnterAll(gates, () =>
        {
            foreach (CallGate gate in gates)
            {
                gate.Close();
                Assert.False(gate.WaitUntilEmpty(TimeSpan.Zero));
                Assert.True(gate.IsHeldByCurrentThread);
            }
        });

        Assert.All(gates, gate => Assert.True(gate.WaitUntilEmpty(TimeSpan.Zero)));
        Array.ForEach(gates, gate => gate.Dispose());
    }

    [Fact]
    public void A_call_ends_where_it_began_although_the_thread_has_entered_many_gates_since()
    {
        CallGate[] gates = [.. Enumerable.Range(0, 500).Select(_ => OpenGate())];
        int left = -1;
        var caller = new Thread(() =>
        {
            gates[0].TryEnter(out CallLease first);
            gates[^1].TryEnter(out CallLease last);
            gates[0].TryEnter(out CallLease again);
            first.Dispose();
            gates[0].Close();
            left = gates[0].IsHeldByCurrentThread && !gates[0].WaitUntilEmpty(TimeSpan.Zero) ? 1 : 0;
            again.Dispose();
            last.Dispose();
        });
        caller.Start();
        caller.Join();

        Assert.Equal(1, left);
        Assert.True(gates[0].WaitUntilEmpty(TimeSpan.Zero));
        Array.ForEach(gates, gate => gate.Dispose());
    }

    [Fact]
    public void No_call_is_inside_after_a_close_that_found_the_gate_empty()
    {
        using CallGate gate = OpenGate();

        Assert.Equal(0, CountCallsInside(gate, 50_000));
    }

    /// <summary>Checks the order of the steps of a close, on which the test above relies: without the barrier it would rarely fail.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Closing_issues_the_barrier_once_the_gate_is_written(bool isForGood)
    {
        var refused = new List<bool>();
        CallGate gate = null!;
        gate = new CallGate(barrier: () =>
        {
            var caller = new Thread(() => refused.Add(!gate.TryEnter(out _)));
            caller.Start();
            caller.Join();
        });
        using CallGate closing = gate;
        gate.Open();

        if (isForGood)
        {
            gate.Close();
        }
        else
        {
            gate.Pause(TimeSpan.Zero);
        }

        Assert.Equal([true], refused);
    }

    [Fact]
    public void Callers_that_keep_trying_at_a_closed_gate_do_not_keep_it_from_being_found_empty()
    {
        using CallGate gate = OpenGate();
        bool isOver = false;
        Thread[] callers = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (gate.TryEnter(out CallLease call))
                {
                    call.Dispose();
                }
            }
        }))];
        Array.ForEach(callers, thread => thread.Start());
        int emptied = 0;
        for (int round = 0; round < 500; round++)
        {
            gate.Close();
            emptied += gate.WaitUntilEmpty(TimeSpan.FromSeconds(2)) ? 1 : 0;
            gate.Open();
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(callers, thread => thread.Join());
        gate.Close();
        Assert.True(gate.WaitUntilEmpty(TimeSpan.FromSeconds(30)));
        Assert.Equal(500, emptied);
    }

    private static int CountCallsInside(CallGate gate, int rounds)
    {
        int[] isInside = new int[64];
        bool isOver = false;
        var caller = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (gate.TryEnter(out CallLease call))
                {
                    Volatile.Write(ref isInside[32], 1);
                    Thread.SpinWait(10);
                    Volatile.Write(ref isInside[32], 0);
                    call.Dispose();
                }
            }
        });
        caller.Start();
        int violations = 0;
        for (int round = 0; round < rounds; round++)
        {
            gate.Close();
            Assert.True(gate.WaitUntilEmpty(TimeSpan.FromSeconds(30)));
            for (int look = 0; look < 20; look++)
            {
                violations += Volatile.Read(ref isInside[32]);
            }

            gate.Open();
        }

        Volatile.Write(ref isOver, true);
        caller.Join();
        return violations;
    }

    private static void EnterAll(ReadOnlySpan<CallGate> gates, Action inside)
    {
        if (gates.IsEmpty)
        {
            inside();
            return;
        }

        Assert.True(gates[0].TryEnter(out CallLease call));
        using (call)
        {
            EnterAll(gates[1..], inside);
        }
    }

    private static CallGate OpenGate()
    {
        var gate = new CallGate();
        gate.Open();
        return gate;
    }
}
