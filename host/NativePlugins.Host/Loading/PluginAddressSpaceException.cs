namespace NativePlugins.Host;

/// <summary>NP3009: the process has no address space for it. See <see cref="PluginErrors.AddressSpace"/>.</summary>
public sealed class PluginAddressSpaceException : PluginException
{
    internal PluginAddressSpaceException(PluginFailure failure)
        : base(PluginErrors.AddressSpace, failure)
    {
    }
}
