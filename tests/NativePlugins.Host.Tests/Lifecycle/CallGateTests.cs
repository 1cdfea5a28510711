using Xunit;

namespace NativePlugins.Host.Tests.Lifecycle;

public sealed class CallGateTests
{
    [Fact]
    public void A_new_gate_lets_nobody_in()
    {
        using var gate = new CallGate();

        Assert.False(gate.TryEnter());
    }

    [Fact]
    public void An_open_gate_lets_calls_in()
    {
        using CallGate gate = OpenGate();

        Assert.True(gate.TryEnter());
        gate.Exit();
    }

    [Fact]
    public void A_thread_inside_a_call_passes_the_closed_gate()
    {
        using CallGate gate = OpenGate();
        Assert.True(gate.TryEnter());
        gate.Close();

        Assert.True(gate.TryEnter());
        gate.Exit();
        gate.Exit();
        Assert.False(gate.TryEnter());
    }

    [Fact]
    public void A_refused_entry_leaves_no_call_behind()
    {
        using var gate = new CallGate();
        gate.TryEnter();

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
            gate.TryEnter();
            entered.Set();
            leave.Wait();
            gate.Exit();
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
        gate.TryEnter();

        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();
        Assert.False(gate.IsHeldByCurrentThread);
    }

    [Fact]
    public void A_disposed_gate_lets_nobody_in_who_is_inside_a_gate_that_took_its_place()
    {
        CallGate old = OpenGate();
        old.Close();
        old.Dispose();
        using CallGate next = OpenGate();
        Assert.True(next.TryEnter());

        Assert.False(old.TryEnter());
        next.Exit();
        next.Close();
        Assert.True(next.WaitUntilEmpty(TimeSpan.Zero));
    }

    [Fact]
    public void Many_gates_at_once_do_not_disturb_each_other()
    {
        CallGate[] gates = [.. Enumerable.Range(0, 200).Select(_ => OpenGate())];
        foreach (CallGate gate in gates)
        {
            Assert.True(gate.TryEnter());
        }

        for (int i = 0; i < gates.Length; i += 2)
        {
            gates[i].Exit();
        }

        for (int i = 0; i < gates.Length; i++)
        {
            gates[i].Close();
            Assert.Equal(i % 2 == 0, gates[i].WaitUntilEmpty(TimeSpan.Zero));
        }

        for (int i = 1; i < gates.Length; i += 2)
        {
            gates[i].Exit();
        }

        Array.ForEach(gates, gate => gate.Dispose());
    }

    [Fact]
    public void No_call_is_inside_after_a_close_that_found_the_gate_empty()
    {
        using CallGate gate = OpenGate();
        int inside = 0;
        bool isOver = false;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (gate.TryEnter())
                {
                    Interlocked.Increment(ref inside);
                    Interlocked.Decrement(ref inside);
                    gate.Exit();
                }
            }
        }))];
        Array.ForEach(callers, thread => thread.Start());
        int violations = 0;
        for (int round = 0; round < 2000; round++)
        {
            gate.Close();
            Assert.True(gate.WaitUntilEmpty(TimeSpan.FromSeconds(30)));
            violations += Volatile.Read(ref inside);
            gate.Open();
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(callers, thread => thread.Join());
        Assert.Equal(0, violations);
    }

    private static CallGate OpenGate()
    {
        var gate = new CallGate();
        gate.Open();
        return gate;
    }
}
