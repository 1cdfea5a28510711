using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <summary>NP3009: not enough address space. See <see cref="PluginErrors.AddressSpace"/>.</summary>
public sealed class PluginAddressSpaceException : PluginException
{
    internal PluginAddressSpaceException(PluginFailure failure)
        : base(PluginErrors.AddressSpace, failure)
    {
    }
}
