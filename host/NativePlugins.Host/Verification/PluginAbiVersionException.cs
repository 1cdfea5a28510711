using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2008: another major version of the ABI. See <see cref="PluginErrors.AbiVersion"/>.</summary>
public sealed class PluginAbiVersionException : PluginException
{
    internal PluginAbiVersionException(PluginFailure failure)
        : base(PluginErrors.AbiVersion, failure)
    {
    }
}
