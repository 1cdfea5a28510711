using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3003: the file system does not allow code. See <see cref="PluginErrors.MountNoExec"/>.</summary>
public sealed class PluginMountNoExecException : PluginException
{
    internal PluginMountNoExecException(PluginFailure failure)
        : base(PluginErrors.MountNoExec, failure)
    {
    }
}
