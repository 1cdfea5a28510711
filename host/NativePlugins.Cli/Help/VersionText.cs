using System.Globalization;
using System.Runtime.CompilerServices;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>What <c>host --version</c> shows.</summary>
internal static class VersionText
{
    public static string Describe()
    {
        string runtime = RuntimeFeature.IsDynamicCodeSupported ? "CoreCLR" : "NativeAOT";
        return string.Create(CultureInfo.InvariantCulture, $"{Product.Name} {Product.Version}\nruntime {runtime} {Environment.Version}, {PortableRid.Current}\nABI {PluginHost.AbiVersion}");
    }
}
