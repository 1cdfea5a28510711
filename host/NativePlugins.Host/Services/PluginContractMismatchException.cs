using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4006: the plugin offers another contract under that id. See <see cref="PluginErrors.ContractMismatch"/>.</summary>
public sealed class PluginContractMismatchException : PluginException
{
    internal PluginContractMismatchException(PluginFailure failure, string member)
        : base(PluginErrors.ContractMismatch, failure) => Member = member;

    /// <summary>The first member that differs; empty if the table as a whole does. The name may come from the plugin: untrusted text.</summary>
    public string Member { get; }
}
