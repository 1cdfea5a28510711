using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host;

/// <summary>What a status from a plugin means to the application, step by step.</summary>
internal static class PluginFailures
{
    public static PluginException EntryFailed(string path, int status) =>
        new PluginCreateFailedException(new PluginFailure($"the entry of {UntrustedText.Quote(path)} returned an error")
        {
            Expected = "status 0 NP_OK from np_plugin_entry_v1",
            Found = $"status {StatusNames.Describe(status)}",
        });

    public static PluginException InstanceMalformed(string path, string violation) =>
        new PluginDescriptionException(new PluginFailure($"{UntrustedText.Quote(path)} created no valid instance")
        {
            Expected = "an np_plugin as native_plugins.h describes it",
            Found = violation,
        });

    public static PluginException FromCreate(string path, PluginDescription plugin, int status, PluginRemoteError? error)
    {
        PluginFailure failure = Failed(plugin, "create", status, error);
        return FromStatus(plugin.Id, status, failure)
            ?? new PluginCreateFailedException(failure with { Summary = $"{failure.Summary} ({UntrustedText.Quote(path)})" });
    }

    public static PluginException FromStart(Plugin plugin, int status, PluginRemoteError? error)
    {
        PluginFailure failure = Failed(plugin.Description, "start", status, error);
        return FromStatus(plugin.Description.Id, status, failure) ?? new PluginStartFailedException(failure);
    }

    public static PluginException FromCall(Plugin plugin, string call, int status, PluginRemoteError? error) =>
        FromCall(plugin.Description, call, status, error);

    public static PluginException FromCall(PluginDescription plugin, string call, int status, PluginRemoteError? error)
    {
        PluginFailure failure = Failed(plugin, UntrustedText.Escape(call), status, error);
        return status == np.NP_E_CONFIGURATION
            ? new PluginConfigurationException(failure)
            : PluginTelemetry.Faulted(plugin.Id, new PluginFaultException(failure));
    }

    /// <summary>What is inside an exception that a contract declares: no fault of the plugin's.</summary>
    public static PluginException FromDeclared(PluginDescription plugin, string call, int status, PluginRemoteError error) =>
        new PluginFaultException(Failed(plugin, UntrustedText.Escape(call), status, error));

    public static PluginException ContractMismatch(PluginDescription plugin, string contract, ContractMismatch mismatch) =>
        new PluginContractMismatchException(
            new PluginFailure(
                $"the plugin {UntrustedText.Quote(plugin.Id)} offers {UntrustedText.Quote(contract)}, but not as this application knows it"
                + (mismatch.Member.Length == 0 ? "" : $": {UntrustedText.Quote(mismatch.Member)} differs"))
            {
                Expected = UntrustedText.Escape(mismatch.Expected),
                Found = UntrustedText.Escape(mismatch.Found),
            },
            mismatch.Member);

    /// <param name="path">The library's.</param>
    /// <param name="name">The plugin's.</param>
    /// <param name="step">What was asked of it.</param>
    /// <param name="deadline">Within which it should have answered.</param>
    /// <param name="outcome">What has become of it; by default it is in quarantine.</param>
    public static PluginException DeadlinePassed(string path, string name, string step, TimeSpan deadline, string? outcome = null) =>
        PluginTelemetry.Faulted(name, new PluginDeadlineException(new PluginFailure(
            $"{step} of the plugin {UntrustedText.Quote(name)} did not return in time ({UntrustedText.Quote(path)})")
        {
            Expected = InvariantText.Of($"an answer within {deadline.TotalSeconds:0.###} s"),
            Found = $"none; {outcome ?? "the plugin is in quarantine"}",
        }));

    public static PluginException ServiceMissing(Plugin plugin, string id) =>
        new PluginServiceMissingException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Description.Id)} does not offer {UntrustedText.Quote(id)}")
        {
            Expected = $"the service {UntrustedText.Escape(id)}",
            Found = plugin.Manifest is { Services.Count: > 0 } manifest
                ? $"its manifest names {UntrustedText.Escape(string.Join(", ", manifest.Services))}"
                : "no such service",
        });

    public static PluginException ServiceMalformed(Plugin plugin, string id, uint size, uint minimum) =>
        new PluginDescriptionException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Description.Id)} offers {UntrustedText.Quote(id)} with a table that is not one")
        {
            Expected = $"struct_size of {minimum} or more, and no NULL function",
            Found = size < minimum ? $"struct_size {size}" : "a NULL function",
        });

    public static PluginException NotStarted(Plugin plugin) => WrongState(plugin, [PluginState.Started]);

    public static PluginException WrongState(Plugin plugin, ReadOnlySpan<PluginState> expected) =>
        new PluginStateException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Description.Id)} is not in a state for this call")
        {
            Expected = string.Join(" or ", expected.ToArray().Select(state => state.ToString().ToLowerInvariant())),
            Found = plugin.State.ToString().ToLowerInvariant(),
        });

    public static PluginException StoppedFromWithin(Plugin plugin) =>
        new PluginBusyException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Description.Id)} cannot be stopped from within a call into it")
        {
            Expected = "a thread that is not inside the plugin",
            Found = "the call on this thread would wait for itself",
        });

    public static PluginException StillBusy(Plugin plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure(
            $"calls into the plugin {UntrustedText.Quote(plugin.Description.Id)} did not end in time")
        {
            Expected = InvariantText.Of($"none in flight after {deadline.TotalSeconds:0.###} s"),
            Found = "at least one; the plugin was not stopped",
        });

    private static PluginException? FromStatus(string pluginId, int status, PluginFailure failure) => status switch
    {
        np.NP_E_CONFIGURATION => new PluginConfigurationException(failure),
        np.NP_E_FAULT => PluginTelemetry.Faulted(pluginId, new PluginFaultException(failure)),
        _ => null,
    };

    private static PluginFailure Failed(PluginDescription plugin, string step, int status, PluginRemoteError? error)
    {
        // The status that the call returned counts, whatever the report said.
        PluginRemoteError remote = (error ?? new PluginRemoteError(status, "", "", "")) with { Status = status };
        return new PluginFailure($"{step} of the plugin {UntrustedText.Quote(plugin.Id)} failed")
        {
            Expected = "status 0 NP_OK",
            Found = remote.Describe(),
            Remote = remote,
        };
    }
}
