using NativePlugins.Host.Isolation;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host;

/// <summary>The worker processes of isolated plugins, of all applications.</summary>
public static class PluginWorkers
{
    /// <summary>
    /// Lists the workers of this user's applications, and for the administrator those of all, sorted by application and process. It is a look at one moment: each may be
    /// gone by now. Empty where there are no worker processes. Thread-safe.
    /// </summary>
    public static IReadOnlyList<PluginWorkerInfo> List()
    {
        var workers = new List<PluginWorkerInfo>();
        foreach ((int application, Func<byte[]?> read) in WorkerSystem.Current.FindStatuses(WorkerStatus.Size))
        {
            // A process that has ended, or never was one of this application's, is none.
            if (WorkerStatus.Read(read, application) is { } worker && WorkerSystem.Current.FindUsage(worker.ProcessId, application) is WorkerUsage usage)
            {
                workers.Add(worker with { PrivateMemory = usage.PrivateMemory, ProcessorTime = usage.ProcessorTime });
            }
        }

        return [.. workers.OrderBy(worker => worker.ApplicationProcessId).ThenBy(worker => worker.ProcessId)];
    }
}
