using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4004: the manifest cannot be read. See <see cref="PluginErrors.Manifest"/>.</summary>
public sealed class PluginManifestException : PluginException
{
    internal PluginManifestException(PluginFailure failure)
        : base(PluginErrors.Manifest, failure)
    {
    }
}
