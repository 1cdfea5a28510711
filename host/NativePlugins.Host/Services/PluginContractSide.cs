using NativePlugins.Binary.Text;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Services;

/// <summary>The host's side of the calls from and to one plugin.</summary>
internal sealed class PluginContractSide : ContractSide
{
    private readonly PluginDescription _plugin;
    private readonly PluginDataLimits _limits;
    private readonly Func<ContractObjects> _objects;

    /// <param name="plugin">The plugin.</param>
    /// <param name="limits">How much data a call may bring.</param>
    /// <param name="objects">The objects of the instance that is called now.</param>
    /// <param name="isElsewhere">Whether calls reach another process, which takes too long for a garbage collector that waits.</param>
    public PluginContractSide(PluginDescription plugin, PluginDataLimits limits, Func<ContractObjects> objects, bool isElsewhere = false)
    {
        (_plugin, _limits, _objects) = (plugin, limits, objects);
        CallsFast = !isElsewhere;
    }

    public override PluginDataLimits DataLimits => _limits;

    public override ContractObjects Objects => _objects();

    protected override Exception ToFault(string callee, ContractError reported, bool isDeclared)
    {
        if (LostCall.Take() is { } lost)
        {
            return lost;
        }

        var error = new PluginRemoteError(reported.Status, reported.Type, reported.Message, reported.Detail);
        return isDeclared
            ? CallFailures.FromDeclared(_plugin, callee, reported.Status, error)
            : CallFailures.FromCall(_plugin, callee, reported.Status, error);
    }

    protected override string Escape(string text) => UntrustedText.Escape(text, multiline: true);
}
