using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2002: the file is too short. See <see cref="PluginErrors.FileTooShort"/>.</summary>
public sealed class PluginFileTooShortException : PluginException
{
    internal PluginFileTooShortException(PluginFailure failure)
        : base(PluginErrors.FileTooShort, failure)
    {
    }
}
