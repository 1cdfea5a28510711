using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>The plugin's side of the calls from and to the host.</summary>
internal sealed class PluginContractSide(HostTable host) : ContractSide
{
    public override ContractObjects Objects => host.Objects;

    protected override Exception ToFault(string callee, ContractError reported, bool isDeclared)
    {
        string what = (reported.Type.Length, reported.Message.Length) switch
        {
            (0, 0) => $"status {reported.Status}, and no message",
            (0, _) => $"{reported.Message} (status {reported.Status})",
            (_, 0) => $"{reported.Type} (status {reported.Status})",
            _ => $"{reported.Type}: {reported.Message} (status {reported.Status})",
        };
        return new PluginHostException(
            reported.Status, reported.Detail.Length == 0 ? $"{callee} failed: {what}" : $"{callee} failed: {what}\n{reported.Detail}");
    }

    // The text goes to the host, which escapes all that comes from a plugin before it shows it.
    protected override string Escape(string text) => text;
}
