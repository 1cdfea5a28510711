using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Extensions.Hosting.Tests;

public class LifecycleTests
{
    [Fact]
    public async Task A_plugin_is_started_before_any_hosted_service_and_stopped_after_all()
    {
        using var application = new Application().With("echo");
        application.Builder.Services.AddSingleton<Witness>();
        application.Builder.Services.AddHostedService(provider => provider.GetRequiredService<Witness>());

        application.Started();
        Plugin plugin = application.Plugins.Get("echo");
        await application.Host.StopAsync();

        Assert.Equal([PluginState.Started, PluginState.Started], application.Host.Services.GetRequiredService<Witness>().Seen);
        Assert.Equal(PluginState.Created, plugin.State);
    }

    [Fact]
    public void The_end_of_the_application_disposes_of_its_plugins()
    {
        Plugin plugin;
        using (var application = new Application().With("echo").Started())
        {
            plugin = application.Plugins.Get("echo");
        }

        Assert.Equal(PluginState.Disposed, plugin.State);
    }

    [Fact]
    public void A_plugin_that_is_refused_is_logged_and_left_out()
    {
        using var application = new Application().With("echo").With("wrong_magic").Started();

        Assert.Equal(["echo"], application.Ids);
        Assert.Equal(["NP4001"], application.Plugins.Refusals.Select(refusal => refusal.Code));
        LogRecord record = Assert.Single(application.Loggers.Records, record => record.Level == LogLevel.Error);
        Assert.StartsWith("A plugin is left out: NP4001: ", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_no_plugin_and_has_no_manifest_is_passed_over()
    {
        using var application = new Application().With("echo").With("abi_entry_v2").Started();

        Assert.Equal(["echo"], application.Ids);
        Assert.Empty(application.Plugins.Refusals);
    }

    [Fact]
    public void Only_the_required_plugins_are_loaded_where_nothing_else_is_wanted()
    {
        using var application = new Application().With("echo").With("exit_status")
            .Configured(options => options.Require("exit_status").LoadDiscovered = false)
            .Started();

        Assert.Equal(["exit_status"], application.Ids);
    }

    [Fact]
    public void A_start_that_is_refused_leaves_no_plugin_running()
    {
        using var application = new Application().With("echo").Configured(options => options.Require("echo").Require("missing"));

        Assert.Throws<PluginNotFoundException>(() => application.Host.Start());

        Assert.Equal([PluginState.Created], application.Plugins.All.Select(plugin => plugin.State));
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_stopped_is_logged_and_does_not_hold_up_the_end()
    {
        using var application = new Application().With("stop_hangs")
            .Configured(options => options.LifecycleDeadline = TimeSpan.FromSeconds(1))
            .Started();

        await application.Host.StopAsync();

        LogRecord record = Assert.Single(application.Loggers.Records, record => record.Level == LogLevel.Warning);
        Assert.StartsWith("A plugin was not stopped: NP5004: ", record.Message, StringComparison.Ordinal);
    }

    private sealed class Witness(HostedPlugins plugins) : IHostedService
    {
        public List<PluginState> Seen { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken) => See();

        public Task StopAsync(CancellationToken cancellationToken) => See();

        private Task See()
        {
            Seen.Add(plugins.Get("echo").State);
            return Task.CompletedTask;
        }
    }
}
