using System.Runtime;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>Which .NET runtime this process runs on, and what that means for plugins.</summary>
internal static class HostRuntime
{
    /// <summary>
    /// Under CoreCLR the 16 KiB alternate signal stack overflows in the chain of SIGSEGV handlers, one a library: with
    /// 15 resident NativeAOT libraries a caught NullReferenceException kills the process, with 14 it does not.
    /// </summary>
    public const int CoreClrResidentLimit = 14;

    /// <summary>
    /// Under NativeAOT each library takes one of 1,024 thread keys; about 1,000 libraries fit. The rest is a margin
    /// for the application's own keys.
    /// </summary>
    public const int NativeAotResidentLimit = 900;

    /// <summary>
    /// Whether the application is compiled with NativeAOT. IsDynamicCodeSupported alone does not tell: a project with
    /// PublishAot turns it off under the JIT too. A JIT that has compiled something gives itself away.
    /// </summary>
    public static bool IsNativeAot { get; } =
        !RuntimeFeature.IsDynamicCodeSupported && JitInfo.GetCompiledMethodCount() == 0;

    /// <summary>How many NativeAOT libraries may be resident in this process at the most.</summary>
    public static int ResidentLimit => IsNativeAot ? NativeAotResidentLimit : CoreClrResidentLimit;

    /// <summary>The runtime's name for messages.</summary>
    public static string Name => IsNativeAot ? "NativeAOT" : "CoreCLR";
}
