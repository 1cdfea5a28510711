using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Listing;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host;

/// <summary>Finds native plugins by name, checks them before they run, and runs them.</summary>
/// <remarks>All members may be used from any thread. When the host is disposed of, it stops its plugins, the last loaded first.</remarks>
public sealed class PluginHost : IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Plugin> _plugins = [];
    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private readonly PluginOpener _opener;
    private readonly PluginLocator _locator;
    private readonly StagingArea? _staging;
    private bool _isDisposed;

    /// <summary>Creates a host.</summary>
    /// <param name="options">How to find, check and run plugins; the defaults if null. They are read once, here.</param>
    /// <exception cref="ArgumentException">An option is null or out of its range.</exception>
    public PluginHost(PluginHostOptions? options = null)
    {
        _options = (options ?? new PluginHostOptions()).Validated();
        _locator = new PluginLocator(_options.ToSearch(), environment: _options.Environment.Get);
        _logger = _options.LoggerFactory.CreateLogger("NativePlugins.Host");
        _staging = _options.CreateStaging();
        _opener = new PluginOpener(_options, _locator, _staging, _logger);
        PluginTelemetry.ResidentImages = (static () => ResidentImageCount, static () => ResidentImageLimit);
        if (_options.Environment.FindIgnored(_options.VariablesThatCount()) is { Count: not 0 } ignored)
        {
            Log.EnvironmentIgnored(_logger, string.Join(", ", ignored));
        }
    }

    /// <summary>The version of the ABI that this library speaks, <c>major.minor</c>.</summary>
    public static Version AbiVersion { get; } = new((int)np.NP_ABI_MAJOR, (int)np.NP_ABI_MINOR);

    /// <summary>
    /// How many NativeAOT libraries this process can carry. They are never unloaded, and those of all hosts in the process count together.
    /// The limit is seven eighths of the process's thread keys, which is 896 on Linux with glibc. An application on CoreCLR may lack the
    /// helper <c>libnative_plugins_signals.so</c> that comes with this package on Linux; then the limit is computed from the size of
    /// CoreCLR's signal stack, and is about ten.
    /// </summary>
    public static int ResidentImageLimit => ResidentLimit.Current.Count;

    /// <summary>
    /// Whether this process has rights that the user who started it does not have, because its program is set-user-id or set-group-id, or
    /// has file capabilities. Hosts then take nothing from the environment, and do not trust that user's files. Always false on Windows.
    /// </summary>
    public static bool IsSecureExecution => ProcessEnvironment.Current.IsSecure;

    /// <summary>
    /// The directory into which this user installs plugins for all applications that search it
    /// (<see cref="PluginHostOptions.SearchUserDirectory"/>): <c>native-plugins-installed</c> below <c>XDG_DATA_HOME</c> or
    /// <c>~/.local/share</c>, on Windows below <c>%LOCALAPPDATA%</c>. It need not exist. Null in secure execution, and if the user has no such place.
    /// </summary>
    public static string? UserPluginDirectory => ProcessEnvironment.Current.UserPluginDirectory;

    /// <summary>How many NativeAOT libraries are resident now.</summary>
    public static int ResidentImageCount => MappedImages.ResidentCount;

    /// <summary>
    /// The path of the library whose constructors or destructors have not returned within the deadline of the host that loaded or closed
    /// it. Null if there is none; it becomes null again once they do return. Until then no library can be loaded or closed in this process:
    /// an attempt fails at once with <see cref="PluginLoaderHeldException"/>. Calls into loaded plugins go on.
    /// </summary>
    /// <remarks>
    /// Such a process does not end by itself: exit(3), and so the end of Main and <see cref="Environment.Exit"/>, waits for that library
    /// too. Under CoreCLR the start of a thread also does. Complete what you can, and call <see cref="EndProcess"/>.
    /// </remarks>
    public static string? LoaderHeldBy => LoaderLock.Overdue?.Library;

    /// <summary>
    /// How many calls into plugins were given up at their deadline and have not returned, over all hosts of the process. Each keeps its
    /// thread. Constructors and destructors of libraries count as calls.
    /// </summary>
    public static int StuckCallCount => LifecycleThread.StuckCount;

    /// <summary>The plugins that this host has loaded and that are not disposed of, in the order of loading.</summary>
    public IReadOnlyList<Plugin> Plugins
    {
        get
        {
            lock (_lock)
            {
                return [.. _plugins];
            }
        }
    }

    /// <summary>
    /// The started plugins that offer a contract, in the order of loading. A plugin that was compiled with another contract of that id is
    /// left out, and logged as a warning; <see cref="Plugin.Get"/> says what differs.
    /// </summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    public IReadOnlyList<PluginContract<T>> GetAll<T>()
        where T : class, IPluginContract<T>
    {
        var found = new List<PluginContract<T>>();
        foreach (Plugin plugin in Plugins.Where(plugin => plugin.State == PluginState.Started))
        {
            try
            {
                if (plugin.TryGet(out T? contract))
                {
                    found.Add(new PluginContract<T>(plugin, contract));
                }
            }
            catch (PluginException e) when (e is PluginContractMismatchException or PluginFaultException or PluginStateException or PluginInProcessOnlyException or PluginCrashedException)
            {
                Log.ContractLeftOut(_logger, plugin.Description.Id, T.Descriptor.ServiceId, e.Message);
            }
        }

        return found;
    }

    /// <summary>
    /// Finds, checks, maps and creates a plugin, and starts it unless <see cref="PluginHostOptions.StartOnLoad"/> is off. Blocks the
    /// calling thread, in the worst case for the lifecycle deadline at each step.
    /// </summary>
    /// <param name="nameOrPath">
    /// A name, which is looked up in the plugin directories (<c>hello_world</c>, or <c>libhello_world.so</c> on any system); or a path, if
    /// it has a directory separator.
    /// </param>
    /// <param name="cancellationToken">Looked at between the steps. A call into the plugin cannot be interrupted.</param>
    /// <returns>The plugin. The host owns it and disposes of it, unless you do so earlier.</returns>
    /// <exception cref="PluginException">The plugin was refused; the type of the exception says why.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    /// <exception cref="OperationCanceledException">The load was cancelled. Nothing of the plugin is left running.</exception>
    public Plugin Load(string nameOrPath, CancellationToken cancellationToken = default) => Load(nameOrPath, null, cancellationToken);

    /// <summary>The same as <see cref="Load(string, CancellationToken)"/>, and says where the plugin runs.</summary>
    /// <param name="nameOrPath">A name, looked up in the plugin directories; or a path, if it contains a directory separator.</param>
    /// <param name="isolation">Where it runs. Null: as the configuration says, and then as <see cref="PluginHostOptions.Isolation"/> does.</param>
    /// <param name="cancellationToken">Looked at between the steps. A call into the plugin cannot be interrupted.</param>
    /// <returns>The plugin. The host owns it and disposes of it, unless you do so earlier.</returns>
    /// <exception cref="PluginException">The plugin was not found, or was refused; the type says why.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    /// <exception cref="OperationCanceledException">The load was cancelled. Nothing of the plugin is left running.</exception>
    public Plugin Load(string nameOrPath, PluginIsolation? isolation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        ThrowIfDisposed();
        Plugin plugin = PluginTelemetry.Load(
            nameOrPath, () => _opener.Open(nameOrPath, isolation, Forget, cancellationToken), static loaded => (loaded.Description.Id, loaded.Description.Version));
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _plugins.Add(plugin);
                return plugin;
            }
        }

        plugin.Dispose();
        throw new ObjectDisposedException(nameof(PluginHost));
    }

    /// <summary>The same as <see cref="Load(string, CancellationToken)"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="Load(string, CancellationToken)"/>
    public Task<Plugin> LoadAsync(string nameOrPath, CancellationToken cancellationToken = default) =>
        OwnThread.Run(() => Load(nameOrPath, cancellationToken), _options.LifecycleDeadline, cancellationToken);

    /// <summary>
    /// Checks that plugins can run in processes of their own here (<see cref="PluginIsolation.Process"/>): starts a worker without a plugin,
    /// and ends it. Blocks the calling thread, for the lifecycle deadline at most.
    /// </summary>
    /// <exception cref="PluginIsolationUnavailableException">This system has no isolation.</exception>
    /// <exception cref="PluginWorkerMissingException">The worker's executable was not found.</exception>
    /// <exception cref="PluginWorkerStartException">The worker was not started.</exception>
    /// <exception cref="PluginWorkerMismatchException">It is not the worker of this version.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    public void RequireIsolation()
    {
        ThrowIfDisposed();
        _opener.TryIsolation();
    }

    /// <summary>Loads a plugin that the application cannot do without, by its id and the versions that are accepted.</summary>
    /// <remarks>
    /// If there is a manifest, it decides, before any code of the plugin runs. Without a manifest the library's own description decides.
    /// </remarks>
    /// <param name="id">The plugin's id. If no manifest states the id, it is also taken as the plugin's name.</param>
    /// <param name="versions">The versions that are accepted.</param>
    /// <param name="cancellationToken">Looked at between the steps. A call into the plugin cannot be interrupted.</param>
    /// <returns>The plugin. The host owns it and disposes of it, unless you do so earlier.</returns>
    /// <exception cref="PluginRequirementException">The first plugin of that id has another version.</exception>
    /// <exception cref="PluginException">There is none (<see cref="PluginNotFoundException"/>), or it was refused.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    /// <exception cref="OperationCanceledException">The load was cancelled. Nothing of the plugin is left running.</exception>
    public Plugin LoadRequired(string id, PluginVersionRange versions, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(versions);
        var requirement = new PluginRequirement(id, versions);
        Plugin plugin = Load(requirement.Choose(List()), cancellationToken);
        try
        {
            requirement.Check(plugin.Description.Id, plugin.Description.Version, plugin.LibraryPath);
            return plugin;
        }
        catch
        {
            plugin.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The plugins in the plugin directories, in the order of the search. Runs no plugin code: it reads the headers of the libraries, and
    /// the manifests beside them.
    /// </summary>
    /// <exception cref="PluginSearchPathException">A directory of the search path is empty or relative.</exception>
    public IReadOnlyList<PluginListing> List() => PluginCatalog.List(_locator, _options.ToVerification());

    /// <summary>
    /// Stops and disposes of all plugins, the last loaded first, and ends their reloads. May be called again, and from any thread; never
    /// throws.
    /// </summary>
    public void Dispose()
    {
        Plugin[] plugins;
        lock (_lock)
        {
            _isDisposed = true;
            plugins = [.. _plugins];
            Array.Reverse(plugins);
        }

        foreach (Plugin plugin in plugins)
        {
            plugin.Dispose();
        }

        _staging?.Dispose();
    }

    /// <summary>The same as <see cref="Dispose"/>, without blocking the caller.</summary>
    public ValueTask DisposeAsync() => new(OwnThread.Run(Dispose, _options.LifecycleDeadline));

    /// <summary>
    /// Ends the process at once, as _exit(2) and TerminateProcess do: no exit handler, no finally block and no destructor of a library
    /// runs, and nothing is flushed. Made for a process with <see cref="LoaderHeldBy"/>, which ends in no other way.
    /// </summary>
    /// <param name="exitCode">The process's exit status; on Unix 0 to 255.</param>
    public static void EndProcess(int exitCode) => ProcessEnd.Now(exitCode);

    private void Forget(Plugin plugin)
    {
        lock (_lock)
        {
            _plugins.Remove(plugin);
        }
    }

    private void ThrowIfDisposed()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
        }
    }
}
