using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3014: built for another C library. See <see cref="PluginErrors.CLibrary"/>.</summary>
public sealed class PluginCLibraryException : PluginException
{
    internal PluginCLibraryException(PluginFailure failure)
        : base(PluginErrors.CLibrary, failure)
    {
    }
}
