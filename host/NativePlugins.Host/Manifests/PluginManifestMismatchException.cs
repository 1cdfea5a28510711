using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4003: library and manifest disagree. See <see cref="PluginErrors.ManifestMismatch"/>.</summary>
public sealed class PluginManifestMismatchException : PluginException
{
    internal PluginManifestMismatchException(PluginFailure failure)
        : base(PluginErrors.ManifestMismatch, failure)
    {
    }
}
