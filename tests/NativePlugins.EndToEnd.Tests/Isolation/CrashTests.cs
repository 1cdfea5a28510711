namespace NativePlugins.EndToEnd.Tests;

/// <summary>The ways in which a plugin ends the process that it is in, and what the application is told.</summary>
public class CrashTests
{
    public static TheoryData<string, string, string> Endings { get; } = new()
    {
        { "C", "overflow", "signal 11 (SIGSEGV)" },
        { "C", "null-call", "signal 11 (SIGSEGV)" },
        { "C", "bad-write", "signal 11 (SIGSEGV)" },
        { "C", "abort", "signal 6 (SIGABRT)" },
        { "C", "kill", "signal 9 (SIGKILL)" },
        { "C", "exit", "exit status 5" },
        { "C", "_exit", "exit status 6" },
        { "C", "pthread-exit", "ended the thread of a call" },
        { "C", "close-descriptors", "has closed the channel" },
        { "C", "scribble", "broke the rules of its channel" },
        { "C#", "overflow", "signal" },
        { "C#", "null-call", "signal 11 (SIGSEGV)" },
        { "C#", "bad-read", "signal 6 (SIGABRT)" },
        { "C#", "stray-call", "signal 11 (SIGSEGV)" },
        { "C#", "exit", "exit status 5" },
        { "C#", "fail-fast", "signal 6 (SIGABRT)" },
        { "C#", "throw-on-thread", "signal 6 (SIGABRT)" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void The_application_goes_on_and_is_told_how_the_plugin_ended(string language, string how, string found)
    {
        HostResult result = HostProcess.Run("--isolate", Plugin(language), how).Exits(70);

        Assert.Contains("host: NP5104: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("has ended during np.command/1", result.Error, StringComparison.Ordinal);
        Assert.Contains(found, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_exception_has_signal_call_and_the_end_of_the_standard_error()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));

        var crash = Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["chatter-and-abort"], TextWriter.Null, TextWriter.Null));

        Assert.Equal((6, null, "np.command/1"), (crash.Signal, crash.ExitStatus, crash.Call));
        Assert.EndsWith("line 9998\nline 9999\n", crash.StandardError, StringComparison.Ordinal);
        Assert.Equal(64 * 1024, crash.StandardError.Length);
    }

    [Fact]
    public void A_plugin_that_has_crashed_says_so_at_every_call_and_is_disposed_of_like_any_other()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));
        Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["exit"], TextWriter.Null, TextWriter.Null));

        Assert.Equal(PluginState.Crashed, plugin.State);
        Assert.Equal(5, Assert.Throws<PluginCrashedException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null)).ExitStatus);
        Assert.Throws<PluginCrashedException>(plugin.Stop);
        plugin.Dispose();
        Assert.Equal(PluginState.Disposed, plugin.State);
        Assert.Equal(0, host.Load(scratch.PathOf("libends_badly.so")).RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public void Other_plugins_notice_nothing()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin other = host.Load(scratch.Fixture("exit_status"));
        using var isEnding = new CancellationTokenSource();
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!isEnding.IsCancellationRequested)
            {
                Assert.Equal(7, other.RunCommand(["7"], TextWriter.Null, TextWriter.Null));
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());

        string library = scratch.Fixture("ends_badly");
        foreach (string how in (string[])["abort", "exit", "kill", "bad-write", "pthread-exit", "scribble", "abort", "exit", "kill", "bad-write"])
        {
            using Plugin crashing = host.Load(library);
            Assert.Throws<PluginCrashedException>(() => crashing.RunCommand([how], TextWriter.Null, TextWriter.Null));
        }

        isEnding.Cancel();
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(PluginState.Started, other.State);
    }

    [Fact]
    public void All_calls_in_flight_end_with_the_crash()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("ends_badly", "libin_flight.so"));
        Task<PluginCrashedException>[] calls = [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["loop"], TextWriter.Null, TextWriter.Null)), TaskCreationOptions.LongRunning))];

        Tool.Run("kill", "-s", "KILL", $"{Isolated.WorkersOf(Environment.ProcessId, "in_flight").Single()}");

        Assert.All(calls, call => Assert.Equal(9, call.Result.Signal));
    }

    [Fact]
    public void A_reload_after_a_crash_brings_a_new_process()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host(new PluginHostOptions { Reload = new PluginReloadOptions() });
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));
        Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["abort"], TextWriter.Null, TextWriter.Null));

        plugin.Reload();

        Assert.Equal((PluginState.Started, 2), (plugin.State, plugin.Generation));
        Assert.Equal(0, plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    private static string Plugin(string language) => language == "C" ? NativeFixtures.PathOf("ends_badly") : Repository.Probe;
}
