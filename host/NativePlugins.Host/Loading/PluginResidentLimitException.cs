using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <summary>NP3005: too many NativeAOT libraries in the process. See <see cref="PluginErrors.ResidentLimit"/>.</summary>
public sealed class PluginResidentLimitException : PluginException
{
    internal PluginResidentLimitException(PluginFailure failure)
        : base(PluginErrors.ResidentLimit, failure)
    {
    }
}
