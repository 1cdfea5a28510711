using System.Runtime.CompilerServices;

namespace NativePlugins.Sdk.Interop;

/// <summary>Whose runtime the plugin runs on: its own, as NativeAOT links one in, or the application's.</summary>
internal static class PluginRuntimeKind
{
    /// <summary>
    /// Whether the runtime is the application's: in a test, or in a managed generation. A project with PublishAot turns IsDynamicCodeSupported
    /// off under the JIT too, but its assemblies are not collectible under NativeAOT.
    /// </summary>
    public static bool IsShared => RuntimeFeature.IsDynamicCodeSupported || IsCollectible;

    /// <summary>Whether this is a managed generation, which can be unloaded.</summary>
    public static bool IsCollectible => typeof(PluginRuntimeKind).Assembly.IsCollectible;
}
