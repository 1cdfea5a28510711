using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Host.Isolation;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Reload;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host;

/// <summary>Loads plugins for one host: creates the parts that do the work, and translates the application's options for each.</summary>
internal sealed class PluginOpener
{
    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private readonly LifecycleOptions _lifecycle;
    private readonly PluginLoader _inProcess;
    private readonly PluginLoader _isolated;
    private readonly Action _tryIsolation;
    private readonly WorkerSettings _workerSettings;
    private readonly ReloadSettings? _reload;
    private readonly ReloadSettings? _restart;

    public PluginOpener(PluginHostOptions options, PluginLocator locator, StagingArea? staging, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _lifecycle = new(options.LifecycleDeadline, options.DrainDeadline, IsReloadable: options.Reload is not null);
        InstanceOptions instances = ToInstances(options);
        _inProcess = Create(new InstanceLoader(instances, logger));
        _workerSettings = new WorkerSettings(options.Configuration, options.Worker);
        var isolated = new IsolatedLoader(options.Worker, _workerSettings, options.ToVerification(), instances, logger);
        (_isolated, _tryIsolation) = (Create(isolated), isolated.TryOut);
        _reload = options.Reload is { } reload ? Settings(reload) : null;
        _restart = options.Worker.Restart is null ? null : _reload ?? Settings(new PluginReloadOptions { AllowStateLoss = true });

        ReloadSettings Settings(PluginReloadOptions reload) => new(reload, options.AllowSharedSymbols, ReadsManifest: options.CheckManifest, options.TimeProvider);
        PluginLoader Create(IInstanceLoader source) => new(options.ToVerification(), source, options.LifecycleDeadline, locator, staging, logger);
    }

    /// <summary>Starts a worker without a plugin, and ends it.</summary>
    /// <exception cref="PluginException">No plugin can be isolated here.</exception>
    public void TryIsolation() => _tryIsolation();

    /// <summary>Finds, checks, maps and creates a plugin, and starts it if the options say so.</summary>
    /// <param name="nameOrPath">The name or path as the application gave it.</param>
    /// <param name="isolation">Where it runs; null for what the configuration and the options say.</param>
    /// <param name="forget">Called when it has been disposed of.</param>
    /// <param name="cancellationToken">Looked at between the steps.</param>
    public Plugin Open(string nameOrPath, PluginIsolation? isolation, Action<Plugin> forget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((isolation ?? _options.Isolation) == PluginIsolation.InProcess)
        {
            LoaderLock.RequireFree(nameOrPath, LoaderWork.Constructors);
        }

        var timings = new PluginTimings();
        VerifiedPlugin installed = _inProcess.Find(nameOrPath, timings);
        PluginIsolation chosen = Choose(installed, isolation);
        PluginLoader loader = chosen == PluginIsolation.InProcess ? _inProcess : _isolated;
        CreatedPlugin created = loader.Create(installed, timings, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        Plugin plugin = Assemble(created.Parts, loader, chosen, forget);
        try
        {
            if (IsTooLate(NameOf(installed), plugin.Description.Id, isolation, chosen))
            {
                throw WorkerFailures.SettingTooLate(plugin.Description.Id, Path.GetFileName(installed.File.Path));
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_options.StartOnLoad)
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

        if (chosen != PluginIsolation.InProcess && _options.Worker.Restart is { } restart)
        {
            plugin.RestartAfterCrash(restart, _options.TimeProvider);
        }

        created.Report(_logger);
        if (_reload is { Options.Watch: true })
        {
            plugin.Watch(_reload);
        }

        return plugin;
    }

    /// <summary>Where the plugin runs. If that is not said, or cannot be, its private copy is removed.</summary>
    private PluginIsolation Choose(VerifiedPlugin installed, PluginIsolation? isolation)
    {
        try
        {
            string name = NameOf(installed);
            PluginIsolation chosen = isolation ?? Configured(name) ?? _options.Isolation;
            if (chosen == PluginIsolation.InProcess && _workerSettings.Has(name))
            {
                throw WorkerFailures.SettingsInProcess(name);
            }

            return installed.IsManaged && chosen != PluginIsolation.InProcess ? throw WorkerFailures.ManagedIsolated(installed.File.Path) : chosen;
        }
        catch
        {
            installed.Staged?.Dispose();
            throw;
        }
    }

    /// <summary>What the configuration says about the plugin; null if it says nothing.</summary>
    private PluginIsolation? Configured(string pluginId) => _options.Configuration?[$"Plugins:{pluginId}:Isolation"] is not string value ? null
        : PluginIsolation.TryParse(value, out PluginIsolation? isolation) ? isolation
        : throw WorkerFailures.BadSetting(pluginId, "Isolation", $"{PluginIsolation.InProcess} or {PluginIsolation.Process}", value);

    /// <summary>What the plugin is called before its own code is asked.</summary>
    private static string NameOf(VerifiedPlugin installed) => installed.Manifest?.Id ?? installed.File.Stem;

    /// <summary>Whether the configuration has settings for the plugin's own id that were not followed, as it was known by another name.</summary>
    private bool IsTooLate(string name, string pluginId, PluginIsolation? asked, PluginIsolation chosen) =>
        (asked is null && chosen == PluginIsolation.InProcess && Configured(pluginId) == PluginIsolation.Process)
        || (name != pluginId && _workerSettings.Has(pluginId) && !_workerSettings.AreSame(name, pluginId));

    private Plugin Assemble(LoadedParts parts, PluginLoader loader, PluginIsolation isolation, Action<Plugin> forget)
    {
        Plugin? plugin = null;
        var first = new PluginGeneration(parts, number: 1);
        var lifecycle = new PluginLifecycle(first, _lifecycle, _logger, () => forget(plugin!));
        parts.Objects.Attach(lifecycle, first.Holds);
        var services = new PluginServices(lifecycle);
        var mapped = new MappedGenerations();
        var events = new ReloadEvents(parts.Description.Id, _logger);
        ReloadSettings? settings = isolation == PluginIsolation.InProcess ? _reload : _reload ?? _restart;
        PluginReloader? reloader = settings is null ? null : new PluginReloader(lifecycle, services, loader, mapped, events, settings, _logger);
        var contracts = new PluginContracts(_options.DataLimits, () => lifecycle.Current.Parts.Objects);
        return plugin = new Plugin(lifecycle, services, contracts, mapped, events, reloader, isolation);
    }

    private static InstanceOptions ToInstances(PluginHostOptions options)
    {
        HostServicesOptions services = options.ToServices();
        return new InstanceOptions
        {
            Deadline = options.LifecycleDeadline,
            MaxResidentImages = options.MaxResidentImages,
            WarnResidentImages = options.WarnResidentImages,
            AllowSharedSymbols = options.AllowSharedSymbols,
            CountThreads = options.Reload is not null,
            ApplicationName = options.ApplicationName,
            ApplicationVersion = options.ApplicationVersion,
            CreateServices = (plugin, directory) =>
            {
                var host = new HostServices(plugin, services, directory);
                return new InstanceServices(host, host.Callers, host.Objects);
            },
            MakeDataDirectory = pluginId => HostServices.MakeDataDirectory(services, pluginId),
        };
    }
}
