using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7301: this is no key or signature. See <see cref="DistributionErrors.SignatureMalformed"/>.</summary>
public sealed class SignatureMalformedException : PluginException
{
    internal SignatureMalformedException(PluginFailure failure)
        : base(DistributionErrors.SignatureMalformed, failure)
    {
    }
}
