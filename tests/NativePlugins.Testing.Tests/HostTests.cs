using NativePlugins.Sdk;

namespace NativePlugins.Testing.Tests;

public class HostTests
{
    [Fact]
    public void The_description_is_read_before_anything_runs()
    {
        TestPlugin plugin = TestPlugin.Of<Leaver>();

        Assert.Equal(("leaver", "leaver", "1.0.0"), (plugin.Id, plugin.Name, plugin.Version));
    }

    [Fact]
    public void An_assembly_without_a_plugin_is_refused_by_name()
    {
        var refusal = Assert.Throws<ArgumentException>(() => TestPlugin.Of<TestHost>());

        Assert.StartsWith("NativePlugins.Testing has no generated entry", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_start_throws_with_what_the_plugin_reported()
    {
        using var host = new TestHost { Settings = { ["ThrowIn"] = "start" } };

        TestOutcome outcome = Probe.CreateIn(host).Start();

        var fault = Assert.Throws<TestFaultException>(outcome.EnsureSuccess);
        Assert.Equal((-2, "start went wrong"), (fault.Status, fault.Error!.Message));
        Assert.Contains("NP_E_FAULT", fault.Message, StringComparison.Ordinal);
        Assert.Contains("at Probe.ThrowIfAsked", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_status_that_was_never_given_throws_with_what_the_plugin_reported()
    {
        using var host = new TestHost();
        using TestInstance probe = Probe.StartIn(host);

        TestRun run = probe.Run("throw");

        Assert.Equal(("System.InvalidOperationException", "the outer one"), (run.Error!.Type, run.Error.Message));
        Assert.Contains("the outer one", Assert.Throws<TestFaultException>(() => run.ExitStatus).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var host = new TestHost();
        using TestInstance leaver = host.Start<Leaver>();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Equal(-8, leaver.Run(new TestCall { CancellationToken = cancellation.Token }, "wait").Status);
    }

    [Fact]
    public void The_plugins_own_object_can_be_looked_at()
    {
        using var host = new TestHost();
        using TestInstance leaver = host.Start<Leaver>();

        Assert.IsType<Leaver>(leaver.GetPlugin<Leaver>());
        Assert.Throws<InvalidCastException>(() => leaver.GetPlugin<string>());
    }

    [Fact]
    public void The_data_directory_that_the_host_made_goes_with_it()
    {
        string directory;
        using (var host = new TestHost())
        {
            using TestInstance leaver = host.Start<Leaver>();
            Assert.Equal(0, leaver.Run("write").ExitStatus);
            directory = host.DataDirectory;
            Assert.True(File.Exists(Path.Combine(directory, "written")));
        }

        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public void A_level_below_the_least_is_not_recorded()
    {
        using var host = new TestHost { MinimumLevel = PluginLogLevel.Error };
        using TestInstance probe = Probe.StartIn(host);

        _ = probe.Run("log");

        Assert.Equal(["error", "critical"], host.Log.Select(record => record.Message));
    }

    [Fact]
    public void A_destroyed_instance_cannot_be_used()
    {
        using var host = new TestHost();
        TestInstance leaver = host.Start<Leaver>();
        leaver.Dispose();

        Assert.Throws<InvalidOperationException>(() => leaver.Run());
    }
}
