using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Lifecycle;

/// <summary>How many threads of others this process had at one moment: all but those on which the host makes lifecycle calls.</summary>
internal readonly record struct ThreadTally(int? Others)
{
    public static ThreadTally Take() => new(HostSystem.Current.CountThreads() - LifecycleThread.Count);

    /// <summary>How many there are more now; null where the system does not say.</summary>
    public int? CountSince() => Take().Others - Others;
}
