using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2015: the current directory decides what it loads. See <see cref="PluginErrors.CurrentDirectory"/>.</summary>
public sealed class PluginCurrentDirectoryException : PluginException
{
    internal PluginCurrentDirectoryException(PluginFailure failure)
        : base(PluginErrors.CurrentDirectory, failure)
    {
    }
}
