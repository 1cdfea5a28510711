using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>
/// Loads and starts the plugins before any other hosted service starts, and stops them after all have stopped.
/// </summary>
internal sealed class PluginsHostedService(
    PluginHost host, HostedPlugins plugins, IOptions<NativePluginsOptions> options, ILogger<PluginsHostedService> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        // Loading blocks its thread, for as long as the deadlines allow.
        Task.Run(() => Load(cancellationToken), cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(StopAll, cancellationToken).WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Load(CancellationToken cancellationToken)
    {
        try
        {
            foreach ((string id, string versions) in options.Value.Required)
            {
                Log.Loaded(logger, host.LoadRequired(id, PluginVersionRange.Parse(versions), cancellationToken));
            }

            if (options.Value.LoadDiscovered)
            {
                LoadDiscovered(cancellationToken);
            }

            plugins.Started();
        }
        catch
        {
            // The application's host does not stop a service that has not started, so what was loaded is stopped here.
            StopAll();
            throw;
        }
    }

    private void LoadDiscovered(CancellationToken cancellationToken)
    {
        foreach (PluginListing listing in host.List().Where(IsPlugin))
        {
            if (plugins.All.Any(plugin => plugin.LibraryPath == listing.Path || plugin.Description.Id == listing.Manifest?.Id))
            {
                continue;
            }

            try
            {
                Log.Loaded(logger, listing.Refusal is { } refusal ? throw refusal : host.Load(listing.Path, cancellationToken));
            }
            catch (PluginException e)
            {
                plugins.Refuse(e);
                Log.Refused(logger, e);
            }
        }
    }

    // The directory of an application holds other libraries too. They are no plugins, and no reason for a warning.
    private static bool IsPlugin(PluginListing listing) =>
        listing.ShadowedBy is null && (listing.IsLoadable || listing.Manifest is not null);

    private void StopAll()
    {
        plugins.Stopped();
        foreach (Plugin plugin in plugins.All.Reverse())
        {
            try
            {
                if (plugin.State == PluginState.Started)
                {
                    plugin.Stop();
                }
            }
            catch (PluginException e)
            {
                Log.NotStopped(logger, e);
            }
        }
    }
}
