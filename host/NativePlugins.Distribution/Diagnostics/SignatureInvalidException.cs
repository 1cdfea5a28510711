using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7302: the signature does not fit. See <see cref="DistributionErrors.SignatureInvalid"/>.</summary>
public sealed class SignatureInvalidException : PluginException
{
    internal SignatureInvalidException(PluginFailure failure)
        : base(DistributionErrors.SignatureInvalid, failure)
    {
    }
}
