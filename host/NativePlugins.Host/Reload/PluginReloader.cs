using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>
/// Walks the line from the installed library to a running generation a second time beside the first, and then switches.
/// A failure at any step leaves the generation that serves as it is.
/// </summary>
internal sealed class PluginReloader(
    Plugin plugin, PluginLifecycle lifecycle, PluginLoader loader, MappedGenerations mapped, PluginHostOptions options, PluginReloadOptions reload, ILogger logger) : IDisposable
{
    private readonly object _turn = new();
    private readonly GenerationEnd _end = new(plugin, mapped, options, logger);
    private readonly StateTransfer _state = new(plugin, options, reload, logger);
    private readonly CancellationTokenSource _ending = new();
    private readonly AsyncLocal<bool> _isWithinReload = new();
    private bool _isReloading;

    /// <summary>Reloads on the current thread, which is not inside the plugin.</summary>
    /// <param name="detect">How long it took to detect the change.</param>
    /// <param name="isAskingCallInside">Whether the call has not ended yet from within which this was asked for.</param>
    public PluginReload Reload(TimeSpan detect, Func<bool>? isAskingCallInside, CancellationToken cancellationToken)
    {
        var timings = new PluginReloadTimings(detect);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        try
        {
            WaitForCall(isAskingCallInside, cancellation.Token);
            lock (_turn)
            {
                return TakeTurn(timings, cancellationToken, cancellation.Token);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // With the token that the caller knows.
            cancellationToken.ThrowIfCancellationRequested();
            throw ReloadFailures.Ended(plugin);
        }
    }

    /// <summary>
    /// Ends the reload that runs, and lets no other begin. Waits for its end up to the lifecycle deadline; not at all from
    /// within the reload (also on a thread that was begun there) or a call, which it may be waiting for.
    /// </summary>
    public void Dispose()
    {
        _ending.Cancel();
        if (!_isWithinReload.Value && !lifecycle.Gate.IsHeldByCurrentThread && Monitor.TryEnter(_turn, options.LifecycleDeadline))
        {
            Monitor.Exit(_turn);
        }
    }

    private PluginReload TakeTurn(PluginReloadTimings timings, CancellationToken callers, CancellationToken cancellationToken)
    {
        // A handler of an event, on the reload's own thread.
        if (_isReloading)
        {
            throw ReloadFailures.FromHandler(plugin);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isReloading = true;
        _isWithinReload.Value = true;
        try
        {
            return PluginTelemetry.Reload(plugin.Description, () => Reload(timings, callers, cancellationToken));
        }
        finally
        {
            _isWithinReload.Value = false;
            _isReloading = false;
        }
    }

    private PluginReload Reload(PluginReloadTimings timings, CancellationToken callers, CancellationToken cancellationToken)
    {
        int number = lifecycle.Current.Number + 1;
        PluginGeneration? candidate = null;
        bool isStarted = false;
        PluginReload result;
        PluginGeneration old;
        try
        {
            PluginState state = lifecycle.RequireAlive();
            LoaderLock.RequireFree(lifecycle.Current.Parts.File.Path, LoaderWork.Constructors);
            candidate = Prepare(number, timings, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            timings.Begin(PluginReloadPhase.Start);
            if (state == PluginState.Started)
            {
                Start(candidate);
                isStarted = true;
            }

            Dictionary<PluginService, FoundTable> tables = FindTables(candidate, []);
            StateTables states = _state.Find(lifecycle, candidate);
            cancellationToken.ThrowIfCancellationRequested();
            long? stateSize = null;
            old = lifecycle.Replace(
                candidate, state, reload.CallPatience, timings, () => stateSize = Migrate(candidate, states, tables));
            result = new PluginReload(number, candidate.Parts.Description, stateSize, timings);
        }
        catch (Exception thrown)
        {
            timings.End();
            if (candidate is not null)
            {
                _end.Retire(candidate, isStarted);
            }

            Exception e = Explain(thrown, callers);
            Log.ReloadFailed(logger, plugin.Description.Id, number, timings.Phase, e);
            plugin.OnReloadFailed(new PluginReloadFailedEventArgs(number, e, timings));
            if (e != thrown)
            {
                throw e;
            }

            throw;
        }

        Log.Reloaded(logger, result.Description.Id, result.Description.Version, number, timings.UntilServing.TotalMilliseconds, timings.GateClosed.TotalMilliseconds);
        plugin.OnReloaded(new PluginReloadedEventArgs(result));
        timings.Begin(PluginReloadPhase.Retire);
        result.Retirement = _end.Retire(old, isStarted);
        timings.End();
        plugin.OnRetired(new PluginRetiredEventArgs(result.Retirement));
        return result;
    }

    /// <summary>A reload that was cancelled by the plugin's end, not by its caller.</summary>
    private Exception Explain(Exception e, CancellationToken callers) =>
        e is OperationCanceledException && _ending.IsCancellationRequested && !callers.IsCancellationRequested
            ? ReloadFailures.Ended(plugin)
            : e;

    /// <summary>From the installed path to an instance that has not started.</summary>
    private PluginGeneration Prepare(int number, PluginReloadTimings timings, CancellationToken cancellationToken)
    {
        timings.Begin(PluginReloadPhase.Verify);
        ResolvedPlugin file = loader.Locate(lifecycle.Current.Parts.File.InstalledPath);
        VerifiedPlugin installed = loader.Verify(file);
        cancellationToken.ThrowIfCancellationRequested();

        timings.Begin(PluginReloadPhase.Stage);
        VerifiedPlugin verified = loader.Stage(installed);
        try
        {
            if (!options.AllowSharedSymbols)
            {
                UniqueSymbols.RequireOwn(verified);
            }

            cancellationToken.ThrowIfCancellationRequested();
            timings.Begin(PluginReloadPhase.Approve);
            Approve(number, verified.Manifest);
        }
        catch
        {
            InstanceLoader.Discard(verified);
            throw;
        }

        timings.Begin(PluginReloadPhase.Load);
        var candidate = new PluginGeneration(loader.MapAndCreate(verified, new PluginTimings()), number);
        if (candidate.Parts.Description.Id != plugin.Description.Id)
        {
            _end.Retire(candidate, isStarted: false);
            throw ReloadFailures.OtherPlugin(plugin, candidate.Parts.Description.Id);
        }

        return candidate;
    }

    private void Approve(int number, PluginManifest? manifest)
    {
        var args = new PluginReloadingEventArgs(number, manifest);
        plugin.OnReloading(args);
        if (args.CancelReason is string reason)
        {
            throw ReloadFailures.Vetoed(plugin, reason);
        }
    }

    private void Start(PluginGeneration candidate)
    {
        LoadedParts parts = candidate.Parts;
        if (!LifecycleCall.TryRun(
            candidate, "start", parts.Instance.Start, options, logger, out int status, out PluginRemoteError? error))
        {
            throw ReloadFailures.Unanswered(plugin, candidate, options.LifecycleDeadline);
        }

        if (status != np.NP_OK)
        {
            throw PluginFailures.FromStart(plugin, status, error);
        }

        candidate.CountThreads();
    }

    /// <summary>The new tables of all services that the application has asked for, each fit for its contract.</summary>
    /// <param name="candidate">Whose tables.</param>
    /// <param name="known">The tables found before: of these only what has come since is checked.</param>
    private Dictionary<PluginService, FoundTable> FindTables(PluginGeneration candidate, Dictionary<PluginService, FoundTable> known)
    {
        ICollection<PluginService> services = plugin.Services;
        return services.All(IsKnown)
            ? known
            : LifecycleCall.Ask(plugin, candidate, "get_service", FindAll, options, logger);

        bool IsKnown(PluginService service) =>
            known.TryGetValue(service, out FoundTable found) && found.Check == service.ContractCheck;

        Dictionary<PluginService, FoundTable> FindAll() => services.ToDictionary(
            service => service, service => FindTable(candidate, service, known.GetValueOrDefault(service).Table));
    }

    private FoundTable FindTable(PluginGeneration candidate, PluginService service, nint known)
    {
        nint table = known == 0 ? candidate.FindService(plugin, service.Id) : known;
        if (table == 0)
        {
            throw PluginFailures.ServiceMissing(plugin, service.Id);
        }

        Func<nint, PluginException?>? check = service.ContractCheck;
        return check?.Invoke(table) is PluginException refusal ? throw refusal : new FoundTable(table, check);
    }

    /// <summary>Nobody is inside the plugin: carries the state over, and leads the services to the new generation.</summary>
    private long? Migrate(PluginGeneration candidate, StateTables states, Dictionary<PluginService, FoundTable> known)
    {
        // Again: the application may have asked for a service or a contract since.
        Dictionary<PluginService, FoundTable> tables = FindTables(candidate, known);
        long? stateSize = _state.Run(states);
        foreach ((PluginService service, FoundTable found) in tables)
        {
            service.Bind(found.Table);
        }

        return stateSize;
    }

    private void WaitForCall(Func<bool>? isInside, CancellationToken cancellationToken)
    {
        long start = Environment.TickCount64;
        while (isInside?.Invoke() == true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (options.DrainDeadline != Timeout.InfiniteTimeSpan
                && Environment.TickCount64 - start >= options.DrainDeadline.TotalMilliseconds)
            {
                throw ReloadFailures.StillWithin(plugin, options.DrainDeadline);
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>A service's new table.</summary>
    /// <param name="Table">Not 0.</param>
    /// <param name="Check">What it has been found fit for.</param>
    private readonly record struct FoundTable(nint Table, Func<nint, PluginException?>? Check);
}
