using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP1004: others may write to the directory. See <see cref="PluginErrors.DirectoryNotTrusted"/>.</summary>
public sealed class PluginDirectoryNotTrustedException : PluginException
{
    internal PluginDirectoryNotTrustedException(PluginFailure failure)
        : base(PluginErrors.DirectoryNotTrusted, failure)
    {
    }
}
