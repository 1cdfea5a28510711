using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host;
using NativePlugins.Tests;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>The same contracts of the same plugins, each in a process of its own.</summary>
public class IsolatedPluginTests(IsolatedPlugins plugins) : IClassFixture<IsolatedPlugins>
{
    public static IEnumerable<object[]> Checks =>
        TestPlugins.CommonNames.SelectMany(plugin => PluginChecks.Isolated.Keys.Select(check => new object[] { plugin, check }));

    public static IEnumerable<object[]> OldChecks =>
        TestPlugins.OldNames.SelectMany(plugin => PluginChecks.Old.Keys.Select(check => new object[] { plugin, check }));

    [LinuxTheory]
    [MemberData(nameof(Checks))]
    public void Contract(string plugin, string check) => PluginChecks.Isolated[check](plugins[plugin]);

    [LinuxTheory]
    [MemberData(nameof(OldChecks))]
    public void Old_contract(string plugin, string check) => PluginChecks.Old[check](plugins[plugin]);

    [LinuxTheory]
    [InlineData("contract_c")]
    [InlineData("contract_probe")]
    public void Any_value_crosses_and_comes_back(string plugin) => FsCheck.Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            TypeChecks.RoundTrip(plugins[plugin].Get<ITypes>(), Sample.Of(new System.Random(seed)));
            ValueChecks.RoundTrip(plugins[plugin].Get<IValues>(), new System.Random(seed));
            RecordChecks.RoundTrip(plugins[plugin].Get<IRecords>(), new System.Random(seed));
        }));

    [LinuxFact]
    public void A_callback_runs_on_the_callers_own_thread()
    {
        var progress = new ThreadRecorder();

        plugins["contract_c"].Get<IWork>().Count(3, progress);

        Assert.Equal([Environment.CurrentManagedThreadId], progress.Threads.Distinct());
    }

    [LinuxFact]
    public void A_callback_may_call_the_plugin_again_on_the_same_thread()
    {
        IWork work = plugins["contract_c"].Get<IWork>();
        int inner = 0;

        int count = work.Count(2, new Callback(() => inner = work.Count(1, new Callback(() => { }))));

        Assert.Equal((2, 1), (count, inner));
    }

    [LinuxFact]
    public void A_call_that_the_process_does_not_survive_throws_and_names_the_call()
    {
        using PluginHost host = IsolatedPlugins.Host();
        Plugin plugin = host.Load(Copy("dies_in_call"));

        var crash = Assert.Throws<PluginCrashedException>(() => plugin.Get<IWork>().Count(1_000_000, new Callback(() => IsolatedPlugins.Kill("dies_in_call"))));

        Assert.Equal((9, "test.work/2 Count"), (crash.Signal, crash.Call));
        Assert.Equal(PluginState.Crashed, plugin.State);
        Assert.Throws<PluginCrashedException>(() => plugin.Get<IWork>().Add(1, 2));
    }

    [LinuxFact]
    public void Each_call_is_counted_for_who_lists_the_workers()
    {
        using PluginHost host = IsolatedPlugins.Host();
        IWork work = host.Load(Copy("counted")).Get<IWork>();
        int worker = IsolatedPlugins.WorkersOf("counted").Single();
        long before = Calls();

        for (int i = 0; i < 100; i++)
        {
            work.Add(i, 1);
        }

        Assert.InRange(Calls() - before, 100, 110);

        long Calls() => Assert.Single(PluginWorkers.List(), listed => listed.ProcessId == worker).Calls;
    }

    [LinuxFact]
    public async Task A_task_that_the_process_does_not_survive_fails_and_names_the_call()
    {
        using PluginHost host = IsolatedPlugins.Host();
        Plugin plugin = host.Load(Copy("dies_later"));
        Task<int> later = plugin.Get<IWork>().AddLater(1, 2, isLater: true).AsTask();

        IsolatedPlugins.Kill("dies_later");

        Assert.Equal("test.work/2 AddLater", (await Assert.ThrowsAsync<PluginCrashedException>(() => later)).Call);
    }

    [LinuxFact]
    public void A_proxy_leads_to_the_next_process_after_a_reload()
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            AllowUntrustedDirectories = true, CheckManifest = false, Isolation = PluginIsolation.Process, Reload = new PluginReloadOptions(), Worker = { Path = IsolatedPlugins.Worker },
        });
        Plugin plugin = host.Load(Copy("reloaded"));
        IWork work = plugin.Get<IWork>();
        IRecords records = plugin.Get<IRecords>();

        IsolatedPlugins.Kill("reloaded");
        Assert.Throws<PluginCrashedException>(() => work.Add(1, 2));
        plugin.Reload();

        Assert.Equal(3, work.Add(1, 2));
        Assert.Equal(["a"], records.EchoTexts(["a"]));
    }

    [LinuxFact]
    public void Eight_threads_call_at_once()
    {
        ITypes types = plugins["contract_c"].Get<ITypes>();
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.Equal(number, types.EchoInt32(number));
                Assert.Equal($"{number}.{i}", types.EchoText($"{number}.{i}"));
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    [LinuxFact]
    public void Arguments_that_no_message_holds_are_refused_and_the_plugin_goes_on()
    {
        ITypes types = plugins["contract_c"].Get<ITypes>();

        Assert.Contains("bytes that cross at once", Assert.Throws<ArgumentException>(() => types.CopyBytes(new byte[9 << 20])).Message, StringComparison.Ordinal);
        Assert.Equal(5, types.EchoInt32(5));
    }

    [LinuxFact]
    [Trait("Category", "Published")]
    public void All_of_it_holds_in_a_program_that_NativeAOT_has_compiled()
    {
        string[] all = ["--worker", IsolatedPlugins.Worker, plugins.PathOf("contract_c"), plugins.PathOf("contract_probe"), plugins.PathOf("old_evolving_c"), plugins.PathOf("old_evolving")];

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(TestTarget.PathOf("artifacts/fixtures/contract_checks"), all));

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([], lines.Where(line => !line.StartsWith("passed ", StringComparison.Ordinal)));
        Assert.Equal(2 * (PluginChecks.Isolated.Count + PluginChecks.Old.Count), lines.Count(line => !line.Contains("in process", StringComparison.Ordinal)));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    // A name of its own, by which its worker is found.
    private string Copy(string name)
    {
        string original = plugins.PathOf("contract_c"), copy = Path.Combine(Path.GetDirectoryName(original)!, $"lib{name}.so");
        File.Copy(original, copy, overwrite: true);
        return copy;
    }

    private sealed class Callback(Action action) : IProgressSink
    {
        public bool Report(double fraction, string stage)
        {
            action();
            return true;
        }
    }

    private sealed class ThreadRecorder : IProgressSink
    {
        public List<int> Threads { get; } = [];

        public bool Report(double fraction, string stage)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            return true;
        }
    }
}
