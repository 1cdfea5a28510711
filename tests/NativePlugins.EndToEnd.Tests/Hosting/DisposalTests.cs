using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Plugins and hosts that are stopped and disposed of at the worst moments.</summary>
public class DisposalTests
{
    private const int CallsBefore = 5000;

    [Fact]
    public void Sixty_four_threads_call_while_another_disposes()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("echo"));
        var ends = new ConcurrentBag<Exception>();
        long calls = 0;
        using var enough = new ManualResetEventSlim();
        Thread[] threads = [.. Enumerable.Range(0, 64).Select(_ => new Thread(() => ends.Add(CallUntilRefused(plugin, ref calls, enough))))];
        Array.ForEach(threads, thread => thread.Start());

        enough.Wait();
        plugin.Dispose();
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(64, ends.Count);
        Assert.All(ends, end => Assert.IsType<PluginStateException>(end));
        Assert.Equal(PluginState.Disposed, plugin.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_holds_for_a_plugin_in_CSharp(bool isNative)
    {
        string[] command = ["dispose-while-called", Repository.Probe, "64"];
        HostResult result = isNative
            ? HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), command)
            : HostProcess.RunProgram(Environment.ProcessPath!, new HostEnvironment(), [Repository.ManagedEmbedder, .. command]);

        Assert.Equal("64 PluginStateException\nDisposed\n", result.Exits(0).Output);
    }

    [Fact]
    public void Disposing_twice_is_once()
    {
        using var scratch = new Scratch();
        var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("echo"));

        plugin.Dispose();
        plugin.Dispose();
        host.Dispose();
        host.Dispose();

        Assert.Empty(host.Plugins);
        Assert.Throws<PluginStateException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        Assert.Throws<ObjectDisposedException>(() => host.Load("echo"));
    }

    [Fact]
    public void Disposing_from_within_a_log_callback_of_the_call_leaves_the_plugin_in_quarantine()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(scratch.Fixture("log_lines"));
        loggers.OnRecord = record =>
        {
            if (record.Message == "information")
            {
                plugin.Dispose();
            }
        };

        plugin.RunCommand([], TextWriter.Null, TextWriter.Null);

        Assert.Equal(PluginState.Quarantined, plugin.State);
        Assert.Throws<PluginStateException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public void Stopping_from_within_a_call_is_refused()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(scratch.Fixture("log_lines"));
        Exception? refusal = null;
        int records = 0;
        loggers.OnRecord = record =>
        {
            // The plugin writes the first record in the call itself; later ones may come from a thread of its own, which is in no call.
            if (Interlocked.Increment(ref records) == 1)
            {
                refusal = Record.Exception(plugin.Stop);
            }
        };

        plugin.RunCommand([], TextWriter.Null, TextWriter.Null);

        Assert.Contains("from within", Assert.IsType<PluginBusyException>(refusal).Message, StringComparison.Ordinal);
        Assert.Equal(PluginState.Started, plugin.State);
    }

    [Fact]
    public void A_plugin_that_writes_to_the_sink_of_a_finished_call_does_no_harm()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(scratch.Fixture("writes_after_call"));
        using var output = new StringWriter();
        plugin.RunCommand([], output, output);

        plugin.Dispose();

        Assert.Equal("in time\n", output.ToString());
        Assert.Contains(loggers.Records, record => record.Message.StartsWith("the late write returned -", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_fault_in_a_call_the_plugin_still_answers()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("fault_in_run"));

        Assert.Throws<PluginFaultException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        Assert.Throws<PluginFaultException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        plugin.Stop();

        Assert.Throws<PluginStateException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public void Plugins_are_stopped_in_the_reverse_order_of_loading()
    {
        using var scratch = new Scratch();
        string file = scratch.PathOf("order");
        var host = new PluginHost(new PluginHostOptions
        {
            Configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([.. Enumerable.Range(1, 3).Select(i => KeyValuePair.Create($"Plugins:stop_order_{i}:File", (string?)file))]).Build(),
        });
        for (int i = 1; i <= 3; i++)
        {
            host.Load(scratch.Fixture($"stop_order_{i}"));
        }

        host.Dispose();

        Assert.Equal("stop_order_3\nstop_order_2\nstop_order_1\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_load_that_is_not_wanted_any_more_once_it_is_mapped_leaves_nothing_mapped(bool isCancelled)
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("entry_waits");
        Tool.Run("mkfifo", library + ".fifo");
        using var host = new PluginHost();
        using var cancellation = new CancellationTokenSource();
        Task<Plugin> load = host.LoadAsync(library, cancellation.Token);

        // Opening a FIFO waits for the other side: from here on the plugin's entry runs.
        using (File.OpenWrite(library + ".fifo"))
        {
            Action end = isCancelled ? cancellation.Cancel : host.Dispose;
            end();
        }

        Exception? thrown = await Record.ExceptionAsync(() => load);
        Assert.IsAssignableFrom(isCancelled ? typeof(OperationCanceledException) : typeof(ObjectDisposedException), thrown);
        Assert.DoesNotContain(library, await File.ReadAllTextAsync("/proc/self/maps"), StringComparison.Ordinal);
    }

    private static Exception CallUntilRefused(Plugin plugin, ref long calls, ManualResetEventSlim enough)
    {
        try
        {
            while (true)
            {
                plugin.RunCommand(["a", "b"], TextWriter.Null, TextWriter.Null);
                if (Interlocked.Increment(ref calls) == CallsBefore)
                {
                    enough.Set();
                }
            }
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
