using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Reload;

/// <summary>Carries the state of one generation over to the next: <c>np.state/1</c>. Meanwhile neither serves calls.</summary>
internal sealed class StateTransfer(PluginLifecycle lifecycle, PluginReloadOptions options)
{
    private const string Id = "np.state/1";

    private (PluginGeneration? Generation, OpenedService? Service) _kept;
    private volatile SavedState? _last;

    /// <summary>
    /// Finds the services that save and load the state. Called before calls begin to wait, as a plugin may take its time to answer.
    /// </summary>
    /// <exception cref="PluginException">The state would be lost, or a service is malformed.</exception>
    /// <exception cref="PluginStateException">The plugin was disposed of.</exception>
    public StateServices Find(PluginGeneration to)
    {
        // What has ended without being asked to has left no state but the one that was kept.
        (PluginGeneration from, OpenedService? source, SavedState? last) = lifecycle.WhileAlive<(PluginGeneration, OpenedService?, SavedState?)>(
            serving => serving.Parts.Instance.Failure is null ? (serving, Find(serving, Id), null) : (serving, null, _last));
        OpenedService? target = source is null && last is null ? null : Find(to, Id);
        return (source is null && last is null) || target is not null || options.AllowStateLoss
            ? new StateServices(from, source, last, to, target)
            : throw NoState(to);
    }

    /// <summary>Saves the state of the generation that serves, for the next one, should this one end unasked. Calls wait meanwhile.</summary>
    /// <param name="limit">How long calls in flight are waited for. If some go on, or nothing is started, nothing is saved.</param>
    /// <returns>False if calls have waited for nothing.</returns>
    /// <exception cref="PluginException">It was not saved.</exception>
    public bool Keep(TimeSpan limit) => lifecycle.WhilePaused(options.CallPatience, limit, generation =>
    {
        if (_kept.Generation != generation)
        {
            _kept = (generation, Find(generation, Id));
        }

        if (_kept.Service is { } service && Save(generation, service) is { IsIntact: true } state)
        {
            _last = state;
        }
    });

    /// <summary>Saves, checks and loads.</summary>
    /// <returns>The size of the state in bytes, or null if one of the generations has none.</returns>
    /// <exception cref="PluginException">The state was not saved, or not taken over.</exception>
    public long? Run(StateServices services)
    {
        // Of the generation that goes.
        _kept = default;
        if (services.Target is not { } target || (services.Source is { } source ? Save(services.From, source) : services.Last) is not { } state)
        {
            return null;
        }

        Load(services.To, target, state);
        if (_last is not null)
        {
            _last = state;
        }

        return state.Data.Length;
    }

    private OpenedService? Find(PluginGeneration generation, string id) => LifecycleCall.Ask(lifecycle, generation, "get_service", () =>
    {
        OpenedService? service = generation.FindService(id);
        return service is null or { IsState: true }
            ? service
            : throw CallFailures.ServiceMalformed(generation.Parts.Description, id, service.Size, np_state.FrozenMinimum);
    });

    private SavedState Save(PluginGeneration from, OpenedService service)
    {
        var buffer = new StateBuffer(options.MaxStateSize);
        SavedState? state = null;
        CallResult saved = LifecycleCall.Ask(lifecycle, from, "save", () => service.Save(buffer, out state));
        if (buffer.IsOverLimit)
        {
            throw new PluginStateTransferException(Failure("is too large", InvariantText.Of($"at most {options.MaxStateSize:N0} bytes (PluginReloadOptions.MaxStateSize)"), "more"));
        }

        return state ?? throw Refused("could not be saved", saved);
    }

    private void Load(PluginGeneration to, OpenedService service, SavedState state)
    {
        if (!state.IsIntact)
        {
            throw new PluginStateTransferException(Failure("was overwritten while it was being saved", "the bytes that the plugin handed over", "other bytes in their place"));
        }

        CallResult loaded = LifecycleCall.Ask(lifecycle, to, "load", () => service.Load(state));
        if (loaded.Status != np.NP_OK)
        {
            throw Refused($"of generation {to.Number - 1} was refused by generation {to.Number}", loaded);
        }
    }

    private PluginStateTransferException NoState(PluginGeneration to) => new(Failure(
        "would be lost", $"a generation {to.Number} that offers {Id}, as generation {to.Number - 1} does", "it does not"));

    private PluginException Refused(string what, in CallResult result)
    {
        if (result.Failure is { } ended)
        {
            return ended;
        }

        PluginRemoteError remote = (result.Error ?? new PluginRemoteError(result.Status, "", "", "")) with { Status = result.Status };
        return new PluginStateTransferException(Failure(what, "status 0 NP_OK", remote.Describe()) with { Remote = remote });
    }

    private PluginFailure Failure(string what, string expected, string found) =>
        new($"the state of the plugin {UntrustedText.Quote(lifecycle.Current.Parts.Description.Id)} {what}") { Expected = expected, Found = found };
}

/// <summary>The services np.state/1 of two generations; null for a generation without one. In place of that of one that has ended, what it had saved last.</summary>
internal readonly record struct StateServices(PluginGeneration From, OpenedService? Source, SavedState? Last, PluginGeneration To, OpenedService? Target);
