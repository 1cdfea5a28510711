using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Services;

/// <summary>Decides what a status that a call into a plugin returned means to the application.</summary>
internal static class CallFailures
{
    public static PluginException FromCall(PluginDescription plugin, string call, in CallResult result) =>
        result.Failure ?? FromCall(plugin, call, result.Status, result.Error);

    public static PluginException FromCall(PluginDescription plugin, string call, int status, PluginRemoteError? error)
    {
        PluginFailure failure = Failed(plugin, UntrustedText.Escape(call), status, error);
        return status == np.NP_E_CONFIGURATION
            ? new PluginConfigurationException(failure)
            : PluginTelemetry.Faulted(plugin.Id, new PluginFaultException(failure));
    }

    /// <summary>The inner exception of one that a contract declares. It is no fault of the plugin.</summary>
    public static PluginException FromDeclared(PluginDescription plugin, string call, int status, PluginRemoteError error) =>
        new PluginFaultException(Failed(plugin, UntrustedText.Escape(call), status, error));

    public static PluginContractMismatchException ContractMismatch(PluginDescription plugin, string contract, ContractMismatch mismatch) =>
        new(
            new PluginFailure(
                $"the plugin {UntrustedText.Quote(plugin.Id)} offers {UntrustedText.Quote(contract)}, but not as this application knows it"
                + (mismatch.Member.Length == 0 ? "" : $": {UntrustedText.Quote(mismatch.Member)} differs"))
            {
                Expected = UntrustedText.Escape(mismatch.Expected),
                Found = UntrustedText.Escape(mismatch.Found),
            },
            mismatch.Member);

    /// <param name="plugin">The plugin.</param>
    /// <param name="contract">The id of the object's contract.</param>
    /// <param name="found">What became of its instance.</param>
    public static PluginException ObjectEnded(PluginDescription plugin, string contract, string found) =>
        new PluginObjectEndedException(new PluginFailure($"the {UntrustedText.Escape(contract)} of the plugin {UntrustedText.Quote(plugin.Id)} is no longer there")
        {
            Expected = "an object whose instance is started",
            Found = found,
        });

    public static PluginException ServiceMissing(PluginDescription plugin, PluginManifest? manifest, string id) =>
        new PluginServiceMissingException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Id)} does not offer {UntrustedText.Quote(id)}")
        {
            Expected = $"the service {UntrustedText.Escape(id)}",
            Found = manifest is { Services.Count: > 0 }
                ? $"its manifest names {UntrustedText.Escape(string.Join(", ", manifest.Services))}"
                : "no such service",
        });

    public static PluginException ServiceMalformed(PluginDescription plugin, string id, uint size, uint minimum) =>
        new PluginDescriptionException(new PluginFailure(
            $"the plugin {UntrustedText.Quote(plugin.Id)} offers {UntrustedText.Quote(id)} with a table that is not one")
        {
            Expected = $"struct_size of {minimum} or more, and no NULL function",
            Found = size < minimum ? $"struct_size {size}" : "a NULL function",
        });

    /// <summary>The exception for a status that has the same one at every step; null for the others.</summary>
    public static PluginException? FromStatus(string pluginId, int status, PluginFailure failure) => status switch
    {
        np.NP_E_CONFIGURATION => new PluginConfigurationException(failure),
        np.NP_E_FAULT => PluginTelemetry.Faulted(pluginId, new PluginFaultException(failure)),
        _ => null,
    };

    public static PluginFailure Failed(PluginDescription plugin, string step, int status, PluginRemoteError? error)
    {
        // The status that the call returned counts, not the one in the report.
        PluginRemoteError remote = (error ?? new PluginRemoteError(status, "", "", "")) with { Status = status };
        return new PluginFailure($"{step} of the plugin {UntrustedText.Quote(plugin.Id)} failed")
        {
            Expected = "status 0 NP_OK",
            Found = remote.Describe(),
            Remote = remote,
        };
    }
}
