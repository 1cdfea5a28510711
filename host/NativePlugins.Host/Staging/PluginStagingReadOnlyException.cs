using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7002: the staging directory cannot be written to. See <see cref="PluginErrors.StagingReadOnly"/>.</summary>
public sealed class PluginStagingReadOnlyException : PluginException
{
    internal PluginStagingReadOnlyException(PluginFailure failure)
        : base(PluginErrors.StagingReadOnly, failure)
    {
    }
}
