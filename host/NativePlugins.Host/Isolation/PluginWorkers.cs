using NativePlugins.Host.Isolation;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host;

/// <summary>The worker processes of isolated plugins, of all applications.</summary>
public static class PluginWorkers
{
    private const int Tries = 20;

    /// <summary>
    /// Lists the workers of this user's applications, and for the administrator those of all, sorted by application and process. It is a look at one moment: each may be
    /// gone by now. Empty where there are no worker processes. Thread-safe.
    /// </summary>
    public static IReadOnlyList<PluginWorkerInfo> List()
    {
        var workers = new List<PluginWorkerInfo>();
        var seen = new HashSet<int>();
        for (int i = 0; i < Tries; i++)
        {
            bool isChanging = false;
            foreach ((int application, byte[] status) in WorkerSystem.Current.FindStatuses(WorkerStatus.Size))
            {
                // A process that has ended, or never was one of this application's, is none.
                if (WorkerStatus.Read(status, application) is not { } worker)
                {
                    isChanging = true;
                }
                else if (!seen.Contains(worker.ProcessId) && WorkerSystem.Current.FindUsage(worker.ProcessId, application) is WorkerUsage usage)
                {
                    seen.Add(worker.ProcessId);
                    workers.Add(worker with { PrivateMemory = usage.PrivateMemory, ProcessorTime = usage.ProcessorTime });
                }
            }

            if (!isChanging)
            {
                break;
            }
        }

        return [.. workers.OrderBy(worker => worker.ApplicationProcessId).ThenBy(worker => worker.ProcessId)];
    }
}
