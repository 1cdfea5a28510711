using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2011: its code signature is missing or does not fit. See <see cref="PluginErrors.CodeSignature"/>.</summary>
public sealed class PluginCodeSignatureException : PluginException
{
    internal PluginCodeSignatureException(PluginFailure failure)
        : base(PluginErrors.CodeSignature, failure)
    {
    }
}
