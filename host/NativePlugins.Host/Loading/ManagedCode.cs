using System.Diagnostics.CodeAnalysis;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>Whether this process can load managed assemblies as plugins: a JIT can, and what was trimmed or compiled with NativeAOT cannot.</summary>
internal static class ManagedCode
{
    /// <summary>Trimming and NativeAOT take this for false (ILLink.Substitutions.xml), and leave out what only runs where it is true.</summary>
    [FeatureSwitchDefinition("NativePlugins.ManagedPlugins.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "No property of the framework tells whether a program was trimmed.")]
    public static bool IsSupported =>
        !HostRuntime.IsNativeAot && (!AppContext.TryGetSwitch("NativePlugins.ManagedPlugins.IsSupported", out bool isSupported) || isSupported);
}
