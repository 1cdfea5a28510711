using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2009: the file cannot be read. See <see cref="PluginErrors.FileAccess"/>.</summary>
public sealed class PluginFileAccessException : PluginException
{
    internal PluginFileAccessException(PluginFailure failure)
        : base(PluginErrors.FileAccess, failure)
    {
    }
}
