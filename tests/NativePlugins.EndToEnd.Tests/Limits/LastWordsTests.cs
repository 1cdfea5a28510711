namespace NativePlugins.EndToEnd.Tests;

/// <summary>What is said when a plugin ends the process that it shares with the application, where nothing can be saved any more.</summary>
public class LastWordsTests
{
    private const string Advice = " Run isolated, a plugin ends a process of its own instead (host --isolate, PluginIsolation.Process).";
    private const string InCommand = "NativePlugins: this process ends in np.command/1 of the plugin 'ends_badly'";
    private const string InCall = "NativePlugins: this process ends in a call of the plugin 'ends_badly'";
    private const string InCode = "NativePlugins: this process ends in code of the plugin 'ends_badly'";

    public static TheoryData<string, string, string> OfHost { get; } = new()
    {
        { "overflow", "signal 11", InCommand + ": signal 11 (SIGSEGV), the stack has overflowed." },
        { "null-call", "signal 11", InCommand + ": signal 11 (SIGSEGV)." },
        { "bad-write", "signal 11", InCommand + ": signal 11 (SIGSEGV)." },
        { "abort", "signal 6", InCommand + ": signal 6 (SIGABRT)." },
        { "exit", "exit 5", InCommand + ", which has called exit(5)." },
        {
            "pthread-exit", "exit 70",
            "NativePlugins: a thread is ended in np.command/1 of the plugin 'ends_badly', as pthread_exit does: the call never returns."
        },
    };

    public static TheoryData<string, string, string> OfCSharp { get; } = new()
    {
        { "overflow", "signal 11", "NativePlugins: this process ends in np.command/1 of the plugin 'probe': signal 11 (SIGSEGV), the stack has overflowed." },
        { "null-call", "signal 11", "NativePlugins: this process ends in np.command/1 of the plugin 'probe': signal 11 (SIGSEGV)." },
        { "fail-fast", "signal 6", "NativePlugins: this process ends in np.command/1 of the plugin 'probe': signal 6 (SIGABRT)." },
        { "exit", "exit 5", "NativePlugins: this process ends in np.command/1 of the plugin 'probe', which has called exit(5)." },
    };

    public static TheoryData<string, string, string> OfApplication { get; } = new()
    {
        { "native", "overflow", InCommand + ": signal 11 (SIGSEGV), the stack has overflowed." },
        { "native", "null-call", InCommand + ": signal 11 (SIGSEGV)." },
        { "native", "exit", InCommand + ", which has called exit(5)." },
        { "table", "1", InCode + ": signal 11 (SIGSEGV), the stack has overflowed." },
        { "table", "3", InCall + ", which has called exit(5)." },
    };

    [Theory]
    [MemberData(nameof(OfHost))]
    public void One_line_names_the_plugin_in_C_its_call_and_how_it_ended_the_host(string how, string ending, string line)
    {
        HostResult result = HostProcess.Run(NativeFixtures.PathOf("ends_badly"), how);

        Assert.Equal((ending, line + Advice + "\n"), (result.Ended, result.Error));
    }

    [Theory]
    [MemberData(nameof(OfCSharp))]
    public void One_line_names_the_plugin_in_CSharp_too(string how, string ending, string line)
    {
        HostResult result = HostProcess.Run(Repository.Probe, how);

        Assert.Equal(ending, result.Ended);
        Assert.Contains(line + Advice, result.Error.Split('\n'));
    }

    [Theory]
    [MemberData(nameof(OfApplication))]
    public void An_application_under_the_JIT_says_it_too_also_of_a_call_by_a_table(string who, string how, string line)
    {
        HostResult result = ManagedEmbedder.Run("ending", who, how, Repository.Probe, NativeFixtures.PathOf("ends_badly"));

        Assert.Contains(line + Advice, result.Error.Split('\n'));
    }

    [Fact]
    public void A_thread_that_a_plugin_ends_is_told_of_and_the_application_goes_on()
    {
        HostResult result = ManagedEmbedder.Run("ending", "native", "pthread-exit", Repository.Probe, NativeFixtures.PathOf("ends_badly"));

        Assert.Equal("exit 0", result.Ended);
        Assert.StartsWith("NativePlugins: a thread is ended in np.command/1 of the plugin 'ends_badly'", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("goes on\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit-in-call", "exit 3")]
    [InlineData("null-call", "signal 11")]
    public void Nothing_is_said_when_the_application_itself_ends(string how, string ending)
    {
        HostResult result = ManagedEmbedder.Run("ending", "application", how, Repository.Probe, NativeFixtures.PathOf("ends_badly"));

        Assert.Equal((ending, ""), (result.Ended, result.Error));
    }

    [Fact]
    public void Nothing_is_said_where_it_is_switched_off()
    {
        HostResult result = ManagedEmbedder.RunWith(
            "\"NativePlugins.LastWords.IsSupported\": false", new HostEnvironment(), "ending", "native", "exit", Repository.Probe, NativeFixtures.PathOf("ends_badly"));

        Assert.Equal(("exit 5", ""), (result.Ended, result.Error));
    }

    [Fact]
    public void An_isolated_plugin_ends_without_such_a_line()
    {
        HostResult result = HostProcess.Run("--isolate", NativeFixtures.PathOf("ends_badly"), "abort").Exits(70);

        Assert.DoesNotContain("NativePlugins:", result.Error, StringComparison.Ordinal);
    }
}
