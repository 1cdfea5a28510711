using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2001: not a regular file. See <see cref="PluginErrors.NotRegularFile"/>.</summary>
public sealed class PluginNotRegularFileException : PluginException
{
    internal PluginNotRegularFileException(PluginFailure failure)
        : base(PluginErrors.NotRegularFile, failure)
    {
    }
}
