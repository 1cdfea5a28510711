using System.Runtime;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host.Platform;

/// <summary>Which .NET runtime this process runs on.</summary>
internal static class HostRuntime
{
    /// <summary>
    /// Whether the application is compiled with NativeAOT. IsDynamicCodeSupported alone does not tell: a project with PublishAot turns it
    /// off under the JIT too. But a JIT has compiled methods.
    /// </summary>
    public static bool IsNativeAot { get; } =
        !RuntimeFeature.IsDynamicCodeSupported && JitInfo.GetCompiledMethodCount() == 0;

    /// <summary>The runtime's name for messages.</summary>
    public static string Name => IsNativeAot ? "NativeAOT" : "CoreCLR";

    /// <summary>
    /// Whether the runtime handles SIGSEGV on a small stack of its own, and every later handler in the chain with it. CoreCLR does so
    /// unless it has Mach exceptions. Windows has no signals, and calls its exception handlers one after the other.
    /// </summary>
    public static bool ChainsSignalsOnAlternateStack => !IsNativeAot && HostSystem.Current.HasAlternateSignalStack;
}
