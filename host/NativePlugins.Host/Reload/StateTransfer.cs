using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>Carries the state of one generation over to the next: <c>np.state/1</c>. Neither serves calls meanwhile.</summary>
internal sealed class StateTransfer(Plugin plugin, PluginHostOptions options, PluginReloadOptions reload, ILogger logger)
{
    private const string Id = "np.state/1";

    /// <summary>Where the state is. Asked before calls begin to wait: a plugin may take its time to answer.</summary>
    /// <exception cref="PluginException">The state would be lost, or a table is not one.</exception>
    /// <exception cref="PluginStateException">The plugin was disposed of.</exception>
    public StateTables Find(PluginLifecycle lifecycle, PluginGeneration to)
    {
        (PluginGeneration from, nint source) = lifecycle.WhileAlive(serving => (serving, Find(serving)));
        nint target = source == 0 ? 0 : Find(to);
        return source == 0 || target != 0 || reload.AllowStateLoss
            ? new StateTables(from, source, to, target)
            : throw NoState(to);
    }

    /// <summary>Saves, checks and loads.</summary>
    /// <returns>The size of the state in bytes, or null if one of the generations has none.</returns>
    /// <exception cref="PluginException">It was not saved, or not taken over.</exception>
    public long? Run(StateTables tables)
    {
        if (tables.Target == 0)
        {
            return null;
        }

        SavedState state = Save(tables.From, tables.Source);
        Load(tables.To, tables.Target, state);
        return state.Data.Length;
    }

    private nint Find(PluginGeneration generation)
    {
        return LifecycleCall.Ask(plugin, generation, "get_service", FindTable, options, logger);

        nint FindTable()
        {
            nint table = generation.FindService(plugin, Id);
            return table == 0 || NativeState.IsState(table)
                ? table
                : throw PluginFailures.ServiceMalformed(plugin, Id, NativeInstance.SizeOf(table), np_state.FrozenMinimum);
        }
    }

    private SavedState Save(PluginGeneration from, nint table)
    {
        var buffer = new StateBuffer(reload.MaxStateSize);
        var sink = new CommandCall(buffer.Write, buffer.Write, CancellationToken.None);
        (int status, PluginRemoteError? error) = Call(from, "save", frame => NativeState.Save(table, frame), sink);
        if (buffer.IsOverLimit)
        {
            throw new PluginStateTransferException(Failure("is too large", InvariantText.Of($"at most {reload.MaxStateSize:N0} bytes (PluginReloadOptions.MaxStateSize)"), "more"));
        }

        return status == np.NP_OK
            ? buffer.Complete(NativeState.SchemaOf(table), NativeState.VersionOf(table))
            : throw Refused("could not be saved", status, error);
    }

    private void Load(PluginGeneration to, nint table, SavedState state)
    {
        if (!state.IsIntact)
        {
            throw new PluginStateTransferException(Failure("was overwritten while it was being saved", "the bytes that the plugin handed over", "other bytes in their place"));
        }

        (int status, PluginRemoteError? error) = Call(to, "load", frame => NativeState.Load(table, state, frame), null);
        if (status != np.NP_OK)
        {
            throw Refused($"of generation {to.Number - 1} was refused by generation {to.Number}", status, error);
        }
    }

    private (int Status, PluginRemoteError? Error) Call(
        PluginGeneration generation, string step, Func<CallFrame, int> call, CommandCall? sink) =>
        LifecycleCall.TryRun(generation, step, call, options, logger, out int status, out PluginRemoteError? error, sink)
            ? (status, error)
            : throw ReloadFailures.Unanswered(plugin, generation, options.LifecycleDeadline);

    private PluginStateTransferException NoState(PluginGeneration to) => new(Failure(
        "would be lost", $"a generation {to.Number} that offers {Id}, as generation {to.Number - 1} does", "it does not"));

    private PluginStateTransferException Refused(string what, int status, PluginRemoteError? error)
    {
        PluginRemoteError remote = (error ?? new PluginRemoteError(status, "", "", "")) with { Status = status };
        return new PluginStateTransferException(Failure(what, "status 0 NP_OK", remote.Describe()) with { Remote = remote });
    }

    private PluginFailure Failure(string what, string expected, string found) =>
        new($"the state of the plugin {UntrustedText.Quote(plugin.Description.Id)} {what}") { Expected = expected, Found = found };
}

/// <summary>The tables of np.state/1 of two generations; 0 where there is none.</summary>
internal readonly record struct StateTables(PluginGeneration From, nint Source, PluginGeneration To, nint Target);
