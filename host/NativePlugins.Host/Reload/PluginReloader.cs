using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Reload;

/// <summary>
/// Goes through the line from the installed library to a running generation a second time, beside the generation that serves, and then
/// switches. A failure at any step leaves that generation as it is.
/// </summary>
internal sealed class PluginReloader(
    PluginLifecycle lifecycle, PluginServices services, PluginLoader loader, MappedGenerations mapped, ReloadEvents events, ReloadSettings settings, ILogger logger) : IDisposable
{
    private readonly object _turn = new();
    private readonly GenerationEnd _end = new(mapped, lifecycle.Options.LifecycleDeadline, logger);
    private readonly StateTransfer _state = new(lifecycle, settings.Options);
    private readonly CancellationTokenSource _ending = new();
    private readonly AsyncLocal<bool> _isWithinReload = new();
    private bool _isReloading;

    /// <summary>Carries the state from one generation to the next.</summary>
    public StateTransfer State => _state;

    private PluginDescription Description => lifecycle.Current.Parts.Description;

    /// <summary>Reloads on the current thread, which is not inside the plugin.</summary>
    /// <param name="detect">How long it took to detect the change.</param>
    /// <param name="isAskingCallInside">Whether the call is still running from within which the reload was asked for.</param>
    public PluginReload Reload(TimeSpan detect, Func<bool>? isAskingCallInside, CancellationToken cancellationToken) =>
        Reload(detect, isAskingCallInside, null, cancellationToken)!;

    /// <summary>Reloads on the current thread, unless another generation has taken this one's place by the time it is this reload's turn.</summary>
    public void Replace(PluginGeneration ended) => Reload(TimeSpan.Zero, null, ended, CancellationToken.None);

    private PluginReload? Reload(TimeSpan detect, Func<bool>? isAskingCallInside, PluginGeneration? only, CancellationToken cancellationToken)
    {
        var timings = new PluginReloadTimings(detect);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        try
        {
            WaitForCall(isAskingCallInside, cancellation.Token);
            lock (_turn)
            {
                return only is not null && lifecycle.Current != only ? null : TakeTurn(timings, cancellationToken, cancellation.Token);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // So that the exception has the token that the caller knows.
            cancellationToken.ThrowIfCancellationRequested();
            throw PluginFailures.ReplacementEnded(Description);
        }
    }

    /// <summary>
    /// Ends the reload that runs, and lets no other begin. Waits for its end up to the lifecycle deadline. Does not wait at all from within
    /// a call, or from within the reload (which includes a thread that was started there): the reload may be waiting for the caller.
    /// </summary>
    public void Dispose()
    {
        _ending.Cancel();
        if (!_isWithinReload.Value && !lifecycle.Gate.IsHeldByCurrentThread && Monitor.TryEnter(_turn, lifecycle.Options.LifecycleDeadline))
        {
            Monitor.Exit(_turn);
        }
    }

    private PluginReload TakeTurn(PluginReloadTimings timings, CancellationToken callers, CancellationToken cancellationToken)
    {
        // This is a handler of an event, on the reload's own thread.
        if (_isReloading)
        {
            throw ReloadFailures.FromHandler(Description);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isReloading = true;
        _isWithinReload.Value = true;
        try
        {
            return PluginTelemetry.Reload(
                Description.Id, Description.Version, () => Reload(timings, callers, cancellationToken), static result => result.Description.Version);
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

            Dictionary<ServiceSlot, FoundService> found = FindServices(candidate, []);
            StateServices states = _state.Find(candidate);
            cancellationToken.ThrowIfCancellationRequested();
            long? stateSize = null;
            old = lifecycle.Replace(
                candidate, state, settings.Options.CallPatience, settings.Options.LiveObjects == PluginLiveObjects.Wait, step => Begin(timings, step), () => stateSize = Migrate(candidate, states, found));
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
            ReloadLog.ReloadFailed(logger, Description.Id, number, timings.Phase, e);
            events.OnReloadFailed(new PluginReloadFailedEventArgs(number, e, timings));
            if (e != thrown)
            {
                throw e;
            }

            throw;
        }

        ReloadLog.Reloaded(logger, result.Description.Id, result.Description.Version, number, timings.UntilServing.TotalMilliseconds, timings.GateClosed.TotalMilliseconds);
        events.OnReloaded(new PluginReloadedEventArgs(result));
        timings.Begin(PluginReloadPhase.Retire);
        result.Retirement = _end.Retire(old, isStarted);
        timings.End();
        events.OnRetired(new PluginRetiredEventArgs(result.Retirement));
        return result;
    }

    /// <summary>The exception for a reload that was cancelled by the plugin's end, and not by its caller.</summary>
    private Exception Explain(Exception e, CancellationToken callers) =>
        e is OperationCanceledException && _ending.IsCancellationRequested && !callers.IsCancellationRequested
            ? PluginFailures.ReplacementEnded(Description)
            : e;

    /// <summary>Goes from the installed path to an instance that has not started.</summary>
    private PluginGeneration Prepare(int number, PluginReloadTimings timings, CancellationToken cancellationToken)
    {
        timings.Begin(PluginReloadPhase.Verify);
        ResolvedPlugin file = loader.Locate(lifecycle.Current.Parts.File.InstalledPath);
        VerifiedPlugin installed = loader.Examine(file);

        timings.Begin(PluginReloadPhase.Stage);
        VerifiedPlugin verified = loader.Stage(installed, cancellationToken);
        try
        {
            if (!settings.AllowSharedSymbols)
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
        candidate.Parts.Objects.Attach(lifecycle, candidate.Holds);
        if (candidate.Parts.Description.Id != Description.Id)
        {
            _end.Retire(candidate, isStarted: false);
            throw ReloadFailures.OtherPlugin(lifecycle.Current.Parts, candidate.Parts.Description.Id);
        }

        return candidate;
    }

    private void Approve(int number, PluginManifest? manifest)
    {
        var args = new PluginReloadingEventArgs(number, manifest);
        events.OnReloading(args);
        if (args.CancelReason is string reason)
        {
            throw ReloadFailures.Vetoed(Description, reason);
        }
    }

    private void Start(PluginGeneration candidate)
    {
        CallResult started = LifecycleCall.Ask(lifecycle, candidate, "start", candidate.Parts.Instance.Start);
        if (started.Status != np.NP_OK)
        {
            throw PluginFailures.FromStart(candidate.Parts.Description, started);
        }

        candidate.CountThreads();
    }

    /// <summary>Finds the new generation's services for all that the application has asked for, and checks each against its contract.</summary>
    /// <param name="candidate">The new generation.</param>
    /// <param name="known">The services that were found before. Of these only what is new since then is checked.</param>
    private Dictionary<ServiceSlot, FoundService> FindServices(PluginGeneration candidate, Dictionary<ServiceSlot, FoundService> known)
    {
        ICollection<ServiceSlot> slots = services.Slots;
        return slots.All(IsKnown) ? known : LifecycleCall.Ask(lifecycle, candidate, "get_service", FindAll);

        bool IsKnown(ServiceSlot slot) => known.TryGetValue(slot, out FoundService found) && found.Check == slot.Check;

        Dictionary<ServiceSlot, FoundService> FindAll() =>
            slots.ToDictionary(slot => slot, slot => FindService(candidate, slot, known.GetValueOrDefault(slot).Service));
    }

    private static FoundService FindService(PluginGeneration candidate, ServiceSlot slot, OpenedService? known)
    {
        OpenedService service = known ?? candidate.FindService(slot.Id)
            ?? throw CallFailures.ServiceMissing(candidate.Parts.Description, candidate.Parts.Manifest, slot.Id);
        Func<OpenedService, PluginException?>? check = slot.Check;
        return check?.Invoke(service) is PluginException refusal ? throw refusal : new FoundService(service, check);
    }

    /// <summary>Carries the state over, and leads the services to the new generation. No call is inside the plugin.</summary>
    private long? Migrate(PluginGeneration candidate, StateServices states, Dictionary<ServiceSlot, FoundService> known)
    {
        // Once more: the application may have asked for a service or a contract since.
        Dictionary<ServiceSlot, FoundService> found = FindServices(candidate, known);
        long? stateSize = _state.Run(states);
        Action[] renewals = RenewEvents(candidate, found);
        foreach ((ServiceSlot slot, FoundService service) in found)
        {
            slot.Bind(service.Service);
        }

        Array.ForEach(renewals, renewal => renewal());
        return stateSize;
    }

    /// <summary>Adds the application's handlers of events to the new generation. If that fails, they are gone with it.</summary>
    private Action[] RenewEvents(PluginGeneration candidate, Dictionary<ServiceSlot, FoundService> found)
    {
        (Func<OpenedService, ContractSide, Action> Renew, OpenedService Service)[] work =
            [.. found.Where(item => item.Key.Renew is not null).Select(item => (item.Key.Renew!, item.Value.Service))];
        return work.Length == 0 ? []
            : LifecycleCall.Ask(lifecycle, candidate, "add_handlers", () => work.Select(item => item.Renew(item.Service, candidate.Parts.Objects.Side)).ToArray());
    }

    private static void Begin(PluginReloadTimings timings, ReplaceStep step)
    {
        if (step == ReplaceStep.End)
        {
            timings.End();
            return;
        }

        timings.Begin(step == ReplaceStep.Drain ? PluginReloadPhase.Drain : step == ReplaceStep.Migrate ? PluginReloadPhase.Migrate : PluginReloadPhase.Commit);
    }

    private void WaitForCall(Func<bool>? isInside, CancellationToken cancellationToken)
    {
        long start = Environment.TickCount64;
        while (isInside?.Invoke() == true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lifecycle.Options.DrainDeadline != Timeout.InfiniteTimeSpan
                && Environment.TickCount64 - start >= lifecycle.Options.DrainDeadline.TotalMilliseconds)
            {
                throw ReloadFailures.StillWithin(Description, lifecycle.Options.DrainDeadline);
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>A service of the new generation.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Check">The check that it has passed.</param>
    private readonly record struct FoundService(OpenedService Service, Func<OpenedService, PluginException?>? Check);
}
