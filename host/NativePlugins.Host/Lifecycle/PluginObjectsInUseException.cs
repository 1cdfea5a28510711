using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7017: objects of the plugin's are in use. See <see cref="PluginErrors.ObjectsInUse"/>.</summary>
public sealed class PluginObjectsInUseException : PluginException
{
    internal PluginObjectsInUseException(PluginFailure failure)
        : base(PluginErrors.ObjectsInUse, failure)
    {
    }
}
