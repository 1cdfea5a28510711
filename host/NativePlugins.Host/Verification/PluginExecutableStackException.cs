using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2010: it wants an executable stack. See <see cref="PluginErrors.ExecutableStack"/>.</summary>
public sealed class PluginExecutableStackException : PluginException
{
    internal PluginExecutableStackException(PluginFailure failure)
        : base(PluginErrors.ExecutableStack, failure)
    {
    }
}
