using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7015: a library of its own is not listed. See <see cref="PluginErrors.LibraryUnlisted"/>.</summary>
public sealed class PluginLibraryUnlistedException : PluginException
{
    internal PluginLibraryUnlistedException(PluginFailure failure)
        : base(PluginErrors.LibraryUnlisted, failure)
    {
    }
}
