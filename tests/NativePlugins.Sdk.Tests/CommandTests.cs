using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Hosting;

namespace NativePlugins.Sdk.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TestInstance _instance;

    public CommandTests() => _instance = PluginUnderTest.Scripted.CreateStarted(_host);

    public void Dispose()
    {
        _instance.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        TestRun outcome = _instance.Run("echo", "", "añ😀", "a\0b", "--help", new string('x', 5000));

        Assert.Equal((np.NP_OK, 6), (outcome.Status, outcome.RawExitStatus));
        Assert.Equal(["<>", "<añ😀>", "<a\0b>", "<--help>", $"<{new string('x', 5000)}>"], Lines(outcome.Output));
    }

    [Fact]
    public void Any_arguments_arrive_as_they_are() => Prop.ForAll<string[]>(arguments =>
    {
        string[] wellFormed = [.. arguments.Select(a => new string([.. (a ?? "").Where(c => !char.IsSurrogate(c))]))];
        string expected = string.Concat(wellFormed.Select(a => $"<{a}>{Environment.NewLine}"));
        return _instance.Run(["echo", .. wellFormed]).Output == expected;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_arguments_are_an_empty_list() => Assert.Equal((np.NP_OK, 0), (_instance.Run().Status, _instance.Run().ExitStatus));

    [Fact]
    public void An_exception_is_reported_after_the_text_that_came_before_it()
    {
        TestRun outcome = _instance.Run("no-newline");

        Assert.Equal((np.NP_E_FAULT, -99), (outcome.Status, outcome.RawExitStatus));
        Assert.Equal(("output without end", "error without end"), (outcome.Output, outcome.ErrorOutput));
        Assert.Equal("after text", outcome.Error!.Message);
    }

    [Fact]
    public void A_surrogate_pair_may_come_in_two_writes() => Assert.Equal("😀\ufffdx\ufffd", _instance.Run("split-pair").Output);

    [Fact]
    public void A_large_text_arrives_whole() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("ä€😀", 5000)), _instance.Run("big").Output);

    [Fact]
    public void A_sink_that_refuses_ends_the_command_with_its_own_status()
    {
        TestRun outcome = _instance.Run(new TestCall { OutputRefusal = np.NP_E_IO }, "echo", "x");

        Assert.Equal(np.NP_E_IO, outcome.Status);
        Assert.Equal($"The host takes no more of this command's text (status {np.NP_E_IO}).", outcome.Error!.Message);
    }

    [Fact]
    public void A_sink_that_refuses_only_at_the_end_is_reported_too() =>
        Assert.Equal(np.NP_E_IO, _instance.Run(new TestCall { OutputRefusal = np.NP_E_IO }, "split-pair").Status);

    [Fact]
    public void The_console_is_the_commands_own()
    {
        TestRun outcome = _instance.Run("console");

        Assert.Equal(($"out{Environment.NewLine}", "err"), (outcome.Output, outcome.ErrorOutput));
    }

    [Fact]
    public void Two_commands_at_once_have_a_console_each()
    {
        var outcomes = new TestRun[2];
        var threads = outcomes.Select((_, i) => new Thread(() => outcomes[i] = _instance.Run("console-pair", $"{i}"))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal([new string('0', 100), new string('1', 100)], outcomes.Select(outcome => outcome.Output));
    }

    [Fact]
    public void The_console_follows_the_command_into_its_tasks() =>
        Assert.Equal($"from a task{Environment.NewLine}", _instance.Run("console-task").Output);

    [Fact]
    public void The_trace_context_arrives()
    {
        Assert.Equal("none", _instance.Run("trace").Output);
        Assert.Equal("00-1-2-01", _instance.Run(new TestCall { TraceParent = "00-1-2-01" }, "trace").Output);
    }

    [Fact]
    public void A_record_carries_the_trace_context_of_its_command()
    {
        _ = _instance.Run(new TestCall { TraceParent = "00-1-2-01" }, "log");

        Assert.Equal(new TestLogRecord(PluginLogLevel.Warning, 0, "", "in a command", "", "00-1-2-01"), _host.Log[0]);
        Assert.Equal((PluginLogLevel.Error, 7, "part", "in a task", "00-1-2-01"), (_host.Log[1].Level, _host.Log[1].EventId, _host.Log[1].Category, _host.Log[1].Message, _host.Log[1].TraceParent));
        Assert.StartsWith("System.InvalidOperationException: cause", _host.Log[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_that_came_first_is_seen()
    {
        using var cancellation = new CancellationTable();
        cancellation.Cancel();

        TestRun outcome = _instance.Run(new TestCall { Cancellation = cancellation }, "wait");

        Assert.Equal(np.NP_E_CANCELLED, outcome.Status);
        Assert.Equal((1, 1), (cancellation.Subscriptions, cancellation.Unsubscriptions));
    }

    [Fact]
    public void Cancellation_that_comes_while_the_command_waits_is_seen()
    {
        using var cancellation = new CancellationTable();
        var thread = new Thread(() =>
        {
            cancellation.Subscribed.Wait();
            cancellation.Cancel();
        });
        thread.Start();

        TestRun outcome = _instance.Run(new TestCall { Cancellation = cancellation }, "wait");
        thread.Join();

        Assert.Equal(np.NP_E_CANCELLED, outcome.Status);
        Assert.Equal((1, 1), (cancellation.Subscriptions, cancellation.Unsubscriptions));
    }

    [Fact]
    public void Nobody_subscribes_for_a_command_that_does_not_ask()
    {
        using var cancellation = new CancellationTable();

        _ = _instance.Run(new TestCall { Cancellation = cancellation }, "echo");

        Assert.Equal(0, cancellation.Subscriptions);
    }

    [Fact]
    public void A_command_that_cancels_itself_is_at_fault()
    {
        using var cancellation = new CancellationTable();

        Assert.Equal(np.NP_E_FAULT, _instance.Run(new TestCall { Cancellation = cancellation }, "cancel-unasked").Status);
    }

    [Fact]
    public void A_context_that_is_kept_ends_with_its_run()
    {
        _ = _instance.Run("keep", "later");
        var kept = PluginUnderTest.Scripted.Static<CommandContext>("Kept");

        Assert.Equal("keep", kept.Arguments[0]);
        Assert.Throws<ObjectDisposedException>(() => kept.Arguments[1]);
        Assert.Throws<ObjectDisposedException>(() => kept.Output.Write("late"));
        Assert.Throws<ObjectDisposedException>(() => kept.Error);
        Assert.Throws<ObjectDisposedException>(() => kept.CancellationToken);
    }

    [Fact]
    public void A_larger_call_is_accepted()
    {
        using var cancellation = new CancellationTable(sizeDifference: 64);

        Assert.Equal($"<x>{Environment.NewLine}", _instance.Run(new TestCall { SizeDifference = 64, Cancellation = cancellation }, "echo", "x").Output);
    }

    [Fact]
    public void A_call_that_is_too_small_is_refused_with_both_sizes()
    {
        TestRun outcome = _instance.Run(new TestCall { CallSizeDifference = -1 }, "echo");

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, outcome.Status);
        Assert.Equal("np_command_call has 63 bytes; at least 64 are expected.", outcome.Error!.Message);
    }

    [Fact]
    public void A_call_without_an_output_is_refused()
    {
        TestRun outcome = _instance.Run(new TestCall { NullOutput = true }, "echo");

        Assert.Equal((np.NP_E_INVALID_ARGUMENT, "output is NULL."), (outcome.Status, outcome.Error!.Message));
    }

    [Fact]
    public void A_cancellation_that_is_too_small_is_refused()
    {
        using var cancellation = new CancellationTable(sizeDifference: -1);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, _instance.Run(new TestCall { Cancellation = cancellation }, "echo").Status);
    }

    private static string[] Lines(string text) => text.TrimEnd('\r', '\n').Split(Environment.NewLine);
}
