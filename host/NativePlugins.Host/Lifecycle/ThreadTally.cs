using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Lifecycle;

/// <summary>The number of threads of this process at one moment, without those on which the host makes lifecycle calls.</summary>
internal readonly record struct ThreadTally(int? Others)
{
    public static ThreadTally Take() => new(HostSystem.Current.CountThreads() - LifecycleThread.Count);

    /// <summary>How many more threads there are now; null if the system does not say.</summary>
    public int? CountSince() => Take().Others - Others;
}
