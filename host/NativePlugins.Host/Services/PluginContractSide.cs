using NativePlugins.Binary.Text;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Services;

/// <summary>The host's side of the calls from and to one plugin.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="limits">How much a call may bring.</param>
/// <param name="objects">The objects of the instance that is called now.</param>
internal sealed class PluginContractSide(PluginDescription plugin, PluginDataLimits limits, Func<ContractObjects> objects) : ContractSide
{
    public override PluginDataLimits DataLimits => limits;

    public override ContractObjects Objects => objects();

    protected override Exception ToFault(string callee, ContractError reported, bool isDeclared)
    {
        var error = new PluginRemoteError(reported.Status, reported.Type, reported.Message, reported.Detail);
        return isDeclared
            ? CallFailures.FromDeclared(plugin, callee, reported.Status, error)
            : CallFailures.FromCall(plugin, callee, reported.Status, error);
    }

    protected override string Escape(string text) => UntrustedText.Escape(text, multiline: true);
}
