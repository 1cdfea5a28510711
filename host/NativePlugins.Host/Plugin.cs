using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NativePlugins.Contracts;
using NativePlugins.Host.Isolation;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Reload;
using NativePlugins.Host.Services;
using NativePlugins.Host.Threads;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host;

/// <summary>A loaded plugin: one instance of what a library offers.</summary>
/// <remarks>All members may be used from any thread, several at once.</remarks>
public sealed partial class Plugin : IDisposable, IAsyncDisposable
{
    private readonly PluginLifecycle _lifecycle;
    private readonly PluginServices _services;
    private readonly PluginCommand _command;
    private readonly PluginContracts _contracts;
    private readonly MappedGenerations _mapped;
    private readonly ReloadEvents _events;
    private readonly PluginReloader? _reloader;
    private PluginRestarter? _restarter;
    private PluginWatcher? _watcher;

    internal Plugin(
        PluginLifecycle lifecycle,
        PluginServices services,
        PluginContracts contracts,
        MappedGenerations mapped,
        ReloadEvents events,
        PluginReloader? reloader,
        PluginIsolation isolation)
    {
        Isolation = isolation;
        _lifecycle = lifecycle;
        _services = services;
        _contracts = contracts;
        _command = new PluginCommand(lifecycle, services);
        (_mapped, _events) = (mapped, events);
        _reloader = reloader;
        _events.Sender = this;
    }

    /// <summary>What the library says about itself.</summary>
    public PluginDescription Description => Parts.Description;

    /// <summary>The absolute path of the installed library, with links resolved. The mapped library may be a private copy of it.</summary>
    public string LibraryPath => Parts.File.Path;

    /// <summary>The manifest beside the library, or null if there is none.</summary>
    public PluginManifest? Manifest => Parts.Manifest;

    /// <summary>The stage of the plugin's life, at this moment.</summary>
    public PluginState State => _lifecycle.State;

    /// <summary>Where the plugin runs.</summary>
    public PluginIsolation Isolation { get; }

    /// <summary>Whether the generation that serves is a managed assembly (<see cref="PluginDevelopmentOptions.AllowManaged"/>).</summary>
    public bool IsManaged => Parts.IsManaged;

    /// <summary>The number of the generation that serves: 1 at first, and one more after each reload.</summary>
    public int Generation => _lifecycle.Current.Number;

    /// <summary>How many objects of the serving generation the application has got, and not disposed of.</summary>
    public int LiveObjects => Parts.Objects.LiveCount;

    /// <summary>How long each step took.</summary>
    public PluginTimings Timings => Parts.Timings;

    private LoadedParts Parts => _lifecycle.Current.Parts;

    /// <summary>Starts the plugin. Does nothing if it is started.</summary>
    /// <exception cref="PluginStartFailedException">The plugin's start returned an error. The plugin is still created.</exception>
    /// <exception cref="PluginException">The plugin's configuration is wrong, it faulted, or it did not answer in time.</exception>
    public void Start() => _lifecycle.Start();

    /// <summary>Finds a contract that the plugin offers.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <param name="contract">
    /// The object through which calls go. It is always the same one, and stays valid when the plugin is reloaded. A call throws
    /// <see cref="PluginStateException"/> while the plugin is not started, and <see cref="PluginFaultException"/> when it fails in a way that
    /// the contract does not declare.
    /// </param>
    /// <returns>False when the plugin does not offer it.</returns>
    /// <exception cref="PluginContractMismatchException">The plugin was compiled with another contract of that id.</exception>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public bool TryGet<T>([NotNullWhen(true)] out T? contract)
        where T : class, IPluginContract<T>
    {
        contract = _contracts.Find<T>();
        if (contract is null && _services.TryFind(T.Descriptor.ServiceId, out ServiceSlot? slot))
        {
            contract = _lifecycle.WhileAlive(generation => _contracts.Bind<T>(generation.Parts.Description, slot));
        }

        return contract is not null;
    }

    /// <summary>Finds a contract that the plugin offers.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <returns>The object through which calls go; see <see cref="TryGet"/>.</returns>
    /// <exception cref="PluginServiceMissingException">The plugin does not offer it.</exception>
    /// <exception cref="PluginContractMismatchException">The plugin was compiled with another contract of that id.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public T Get<T>()
        where T : class, IPluginContract<T> =>
        TryGet(out T? contract) ? contract : throw CallFailures.ServiceMissing(Description, Manifest, T.Descriptor.ServiceId);

    /// <summary>
    /// Keeps the generation that serves in place for many calls of a contract. Each of them costs no more than the plugin's function; see
    /// <see cref="PluginLease{T}"/>. While the lease is held, the plugin is neither stopped nor replaced: an attempt waits up to the drain
    /// deadline.
    /// </summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <returns>The lease, to be disposed of on this thread.</returns>
    /// <exception cref="PluginServiceMissingException">The plugin does not offer the contract.</exception>
    /// <exception cref="PluginContractMismatchException">The plugin was compiled with another contract of that id.</exception>
    /// <exception cref="PluginStateException">The plugin is not started, is disposed or in quarantine.</exception>
    public PluginLease<T> Lease<T>()
        where T : class, IPluginContract<T>
    {
        _ = Get<T>();
        return _contracts.Lease<T>();
    }

    /// <summary>Lets no further call in, waits for those in flight, and stops the plugin. Does nothing if the plugin is not started.</summary>
    /// <exception cref="PluginBusyException">
    /// Calls were still in flight at the drain deadline, or this method was called from within one. The plugin goes on.
    /// </exception>
    /// <exception cref="PluginDeadlineException">The plugin's stop did not return in time. The plugin is in quarantine.</exception>
    public void Stop() => _lifecycle.Stop();

    /// <summary>
    /// Replaces the plugin by what is installed now. The new generation is staged, checked, loaded and started beside the old one; then
    /// calls wait for the short time in which the state is carried over and the two are switched. Blocks the calling thread until the old
    /// generation is retired.
    /// </summary>
    /// <remarks>
    /// Services that the application holds lead to the new generation. Only one reload of a plugin runs at a time. If the plugin is not
    /// started, the new generation is not started either.
    /// </remarks>
    /// <param name="cancellationToken">Has an effect until calls begin to wait. From then on the reload runs to its end.</param>
    /// <exception cref="PluginException">A step failed; the type says why. The plugin goes on as it was.</exception>
    /// <exception cref="PluginBusyException">
    /// Calls did not end before the drain deadline, or this method was called from within one. The plugin goes on as it was.
    /// </exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine, or was disposed of during the reload.</exception>
    /// <exception cref="OperationCanceledException">The reload was cancelled. The plugin goes on as it was.</exception>
    public PluginReload Reload(CancellationToken cancellationToken = default)
    {
        PluginReloader reloader = _reloader ?? throw ReloadFailures.NotReloadable(Description);
        return _lifecycle.Gate.IsHeldByCurrentThread
            ? throw ReloadFailures.FromWithin(Description)
            : reloader.Reload(TimeSpan.Zero, null, cancellationToken);
    }

    /// <summary>
    /// The same as <see cref="Reload"/>, on a thread of its own. If it is called from within a call into the plugin, the reload begins
    /// after that call has ended; code inside the call that waits for the reload waits in vain, until the drain deadline.
    /// </summary>
    /// <inheritdoc cref="Reload"/>
    public Task<PluginReload> ReloadAsync(CancellationToken cancellationToken = default)
    {
        PluginReloader reloader = _reloader ?? throw ReloadFailures.NotReloadable(Description);
        Func<bool>? isInside = _lifecycle.Gate.IsHeldByCurrentThread ? _lifecycle.Gate.WatchCurrentThread() : null;
        return OwnThread.Run(() => reloader.Reload(TimeSpan.Zero, isInside, cancellationToken), _lifecycle.Options.LifecycleDeadline, cancellationToken);
    }

    /// <summary>
    /// Measures what each generation of the plugin takes of the process: first those that were retired or refused and are still mapped, the
    /// oldest first, then the one that serves. Takes milliseconds, because it asks the system about all mappings of the process.
    /// </summary>
    /// <returns>After the plugin was disposed of, the list has no serving generation.</returns>
    public IReadOnlyList<PluginGenerationUsage> MeasureGenerations() =>
        _mapped.Measure(State == PluginState.Disposed ? null : _lifecycle.Current);

    /// <summary>Runs the plugin's command (<c>np.command/1</c>) on the calling thread.</summary>
    /// <param name="arguments">The plugin's arguments, without its own name.</param>
    /// <param name="output">Receives what the command writes to standard output.</param>
    /// <param name="errorOutput">Receives what the command writes to standard error.</param>
    /// <param name="cancellationToken">Asks the command to end. The command decides whether and when it does.</param>
    /// <returns>The command's exit status. 0 is success; any other number is the plugin's own.</returns>
    /// <exception cref="PluginServiceMissingException">The plugin has no command.</exception>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    /// <exception cref="PluginFaultException">The command did not run to its end.</exception>
    /// <exception cref="OperationCanceledException">The command ended because it was asked to.</exception>
    public int RunCommand(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        var outputText = new Utf8TextWriter(output);
        var errorText = new Utf8TextWriter(errorOutput);
        int status = RunCommand(arguments, outputText.Write, errorText.Write, cancellationToken);
        outputText.Flush();
        errorText.Flush();
        return status;
    }

    /// <summary>Runs the plugin's command, and passes its UTF-8 text on unchanged.</summary>
    /// <inheritdoc cref="RunCommand(IReadOnlyList{string}, TextWriter, TextWriter, CancellationToken)"/>
    public int RunCommand(
        IReadOnlyList<string> arguments, Stream output, Stream errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        return RunCommand(arguments, output.Write, errorOutput.Write, cancellationToken);
    }

    /// <summary>Finds a service of the plugin by its id, <c>namespace.name/major</c>.</summary>
    /// <returns>False when the plugin does not have it.</returns>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    /// <exception cref="PluginDeadlineException">
    /// The plugin did not answer in time. It goes on, but can no longer be replaced or stopped: when it is disposed of, it ends in
    /// quarantine.
    /// </exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    /// <exception cref="PluginInProcessOnlyException">The plugin has it, and is isolated: an address means nothing in another process.</exception>
    public bool TryGetService(string id, [NotNullWhen(true)] out PluginService? service)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        service = !_services.TryFind(id, out ServiceSlot? slot) ? null
            : slot is InProcessSlot inProcess ? inProcess.Public
            : throw WorkerFailures.InProcessOnly(Description.Id, "a raw table");
        return service is not null;
    }

    /// <summary>Finds a service of the plugin by its id.</summary>
    /// <exception cref="PluginServiceMissingException">The plugin does not have it.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public PluginService GetService(string id) =>
        TryGetService(id, out PluginService? service) ? service : throw CallFailures.ServiceMissing(Description, Manifest, id);

    /// <summary>
    /// Ends a reload that runs, stops the plugin if it is started, and frees it. Waits for the reload up to
    /// <see cref="PluginHostOptions.LifecycleDeadline"/>, except from within a handler of the reload's events, and for calls in flight up to the
    /// drain deadline; after that the plugin is left in quarantine. If it is called from within a call into the plugin, the plugin is left
    /// in quarantine too. May be called again; never throws.
    /// </summary>
    public void Dispose()
    {
        _watcher?.Dispose();
        _restarter?.Dispose();
        _lifecycle.BeginEnd();
        _reloader?.Dispose();
        _lifecycle.Dispose();
    }

    /// <summary>The same as <see cref="Dispose"/>, without blocking the caller.</summary>
    public ValueTask DisposeAsync() => new(OwnThread.Run(Dispose, _lifecycle.Options.LifecycleDeadline));

    /// <summary>Begins to watch the installed files for a new build.</summary>
    internal void Watch(ReloadSettings settings) => _watcher = new PluginWatcher(
        _lifecycle, detect => _reloader!.Reload(detect, null, CancellationToken.None), settings, _lifecycle.Logger);

    /// <summary>From now on, starts the plugin again when it has crashed.</summary>
    internal void RestartAfterCrash(PluginRestartOptions options, TimeProvider time) =>
        _restarter = new PluginRestarter(_lifecycle, _reloader!, _events, options, time, _lifecycle.Logger);

    private int RunCommand(
        IReadOnlyList<string> arguments, Utf8Writer output, Utf8Writer errorOutput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return _command.Run(arguments, new CommandCall(output, errorOutput, cancellationToken));
    }
}
