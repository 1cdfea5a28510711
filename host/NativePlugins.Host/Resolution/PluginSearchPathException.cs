using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host;

/// <summary>NP1003: bad element in the search path. See <see cref="PluginErrors.SearchPath"/>.</summary>
public sealed class PluginSearchPathException : PluginException
{
    internal PluginSearchPathException(PluginFailure failure)
        : base(PluginErrors.SearchPath, failure)
    {
    }
}
