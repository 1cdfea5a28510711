namespace NativePlugins.Host;

/// <summary>NP3015: not enough address space for its runtime. See <see cref="PluginErrors.AddressSpace"/>.</summary>
public sealed class PluginAddressSpaceException : PluginException
{
    internal PluginAddressSpaceException(PluginFailure failure)
        : base(PluginErrors.AddressSpace, failure)
    {
    }
}
