using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3002: a symbol that it needs is missing. See <see cref="PluginErrors.SymbolMissing"/>.</summary>
public sealed class PluginSymbolMissingException : PluginException
{
    internal PluginSymbolMissingException(PluginFailure failure)
        : base(PluginErrors.SymbolMissing, failure)
    {
    }
}
