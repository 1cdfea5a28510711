using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4010: the application needs another version. See <see cref="PluginErrors.Requirement"/>.</summary>
public sealed class PluginRequirementException : PluginException
{
    internal PluginRequirementException(PluginFailure failure)
        : base(PluginErrors.Requirement, failure)
    {
    }
}
