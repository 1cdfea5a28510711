using NativePlugins.Binary.Model;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3013: it would share variables with another library. See <see cref="PluginErrors.UniqueSymbol"/>.</summary>
public sealed class PluginUniqueSymbolException : PluginException
{
    internal PluginUniqueSymbolException(PluginFailure failure)
        : base(PluginErrors.UniqueSymbol, failure)
    {
    }
}
