using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2007: not a plugin. See <see cref="PluginErrors.EntryMissing"/>.</summary>
public sealed class PluginEntryMissingException : PluginException
{
    internal PluginEntryMissingException(PluginFailure failure)
        : base(PluginErrors.EntryMissing, failure)
    {
    }
}
