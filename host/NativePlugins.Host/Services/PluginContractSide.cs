using NativePlugins.Binary.Text;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Services;

/// <summary>The host's side of the calls from and to one plugin.</summary>
internal sealed class PluginContractSide(PluginDescription plugin, PluginDataLimits limits) : ContractSide
{
    public override PluginDataLimits DataLimits => limits;

    protected override Exception ToFault(string callee, ContractError reported, bool isDeclared)
    {
        var error = new PluginRemoteError(reported.Status, reported.Type, reported.Message, reported.Detail);
        return isDeclared
            ? CallFailures.FromDeclared(plugin, callee, reported.Status, error)
            : CallFailures.FromCall(plugin, callee, reported.Status, error);
    }

    protected override string Escape(string text) => UntrustedText.Escape(text, multiline: true);
}
