using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

/// <summary>The portable runtime identifier of this system, for example <c>linux-x64</c>; never a distribution's own.</summary>
internal static class PortableRid
{
    public static string Current => Of(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);

    internal static string Of(string runtimeIdentifier, Architecture architecture)
    {
        bool isMusl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return $"{ProcessSystem.Current.RidName}{(isMusl ? "-musl" : "")}-{architecture.ToString().ToLowerInvariant()}";
    }
}
