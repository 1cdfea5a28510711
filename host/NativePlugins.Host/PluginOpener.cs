using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Reload;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;

namespace NativePlugins.Host;

/// <summary>Loads plugins for one host: creates the parts that do the work, and translates the application's options for each.</summary>
internal sealed class PluginOpener(PluginHostOptions options, PluginLocator locator, StagingArea? staging, ILogger logger)
{
    private readonly LifecycleOptions _lifecycle = new(options.LifecycleDeadline, options.DrainDeadline, IsReloadable: options.Reload is not null);
    private readonly PluginLoader _loader = new(options.ToVerification(), ToInstances(options), locator, staging, logger);
    private readonly ReloadSettings? _reload = options.Reload is { } reload
        ? new(reload, options.AllowSharedSymbols, ReadsManifest: options.CheckManifest, options.TimeProvider)
        : null;

    /// <summary>Finds, checks, maps and creates a plugin, and starts it if the options say so.</summary>
    public Plugin Open(string nameOrPath, Action<Plugin> forget, CancellationToken cancellationToken)
    {
        CreatedPlugin created = _loader.Load(nameOrPath, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        Plugin plugin = Assemble(created.Parts, forget);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (options.StartOnLoad)
            {
                plugin.Start();
            }

            created.Parts.Timings.Start += PluginTimings.Lap(ref start);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            plugin.Dispose();
            throw;
        }

        created.Report(logger);
        if (_reload is { Options.Watch: true })
        {
            plugin.Watch(_reload);
        }

        return plugin;
    }

    private Plugin Assemble(LoadedParts parts, Action<Plugin> forget)
    {
        Plugin? plugin = null;
        var lifecycle = new PluginLifecycle(new PluginGeneration(parts, number: 1), _lifecycle, logger, () => forget(plugin!));
        var services = new PluginServices(lifecycle);
        var mapped = new MappedGenerations();
        var events = new ReloadEvents(parts.Description.Id, logger);
        PluginReloader? reloader = _reload is null ? null : new PluginReloader(lifecycle, services, _loader, mapped, events, _reload, logger);
        return plugin = new Plugin(lifecycle, services, new PluginContracts(options.DataLimits), mapped, events, reloader);
    }

    private static InstanceOptions ToInstances(PluginHostOptions options) => new()
    {
        Deadline = options.LifecycleDeadline,
        MaxResidentImages = options.MaxResidentImages,
        WarnResidentImages = options.WarnResidentImages,
        AllowSharedSymbols = options.AllowSharedSymbols,
        CountThreads = options.Reload is not null,
        ApplicationName = options.ApplicationName,
        ApplicationVersion = options.ApplicationVersion,
        Services = options.ToServices(),
    };
}
