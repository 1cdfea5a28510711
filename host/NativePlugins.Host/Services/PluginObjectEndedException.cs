using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5007: the object belongs to an instance that has ended. See <see cref="PluginErrors.ObjectEnded"/>.</summary>
public sealed class PluginObjectEndedException : PluginException
{
    internal PluginObjectEndedException(PluginFailure failure)
        : base(PluginErrors.ObjectEnded, failure)
    {
    }
}
