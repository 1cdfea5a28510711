using NativePlugins.Host.Calls;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host;

/// <summary>
/// Counts what this library keeps for the whole process. When the plugins that were loaded are gone, every count is back at its old value.
/// For tests.
/// </summary>
internal static class ProcessTables
{
    public static IReadOnlyDictionary<string, int> Count() => new SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        ["mapped images"] = MappedImages.Count,
        ["resident images"] = MappedImages.ResidentCount,
        ["brought libraries"] = PrivateLibraries.Count,
        ["call frames in use"] = CallFrame.InUseCount,
        ["host tables in use"] = HostTable.InUseCount,
        ["gates"] = ThreadCounts.GateCount,
        ["threads with counts"] = ThreadCounts.ThreadCount,
        ["lifecycle threads"] = LifecycleThread.Count,
        ["stuck calls"] = LifecycleThread.StuckCount,
        ["visits in the loader"] = LoaderLock.IsVisited ? 1 : 0,
    };
}
