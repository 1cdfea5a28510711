namespace NativePlugins.Host.Threads;

/// <summary>One step in the system's loader, on a thread of the host and under a deadline.</summary>
internal static class LoaderCall
{
    /// <summary>Runs the step, and rethrows what it throws.</summary>
    /// <param name="library">The path of the library that the step is for, as its user knows it.</param>
    /// <param name="kind">The part of the step that may take long.</param>
    /// <param name="step">The step.</param>
    /// <param name="deadline">The time for the step, and before it for others to leave the loader.</param>
    /// <param name="late">Called if the step ends after all.</param>
    /// <exception cref="PluginLoaderHeldException">The step did not end in time, or another library holds the loader.</exception>
    public static void Run(string library, LoaderWork kind, Action step, TimeSpan deadline, Action late)
    {
        LoaderVisit visit = LoaderLock.Enter(library, kind, deadline);
        if (!LifecycleThread.TryRun(_ => Run(visit, step), deadline, late, visit))
        {
            throw GiveUp(visit, deadline);
        }
    }

    /// <summary>Runs a step of the visit, and ends the visit.</summary>
    public static void Run(LoaderVisit visit, Action step)
    {
        try
        {
            step();
        }
        finally
        {
            LoaderLock.Leave(visit);
        }
    }

    /// <summary>Notes that the visit did not end in time. From now on no caller waits for it.</summary>
    public static PluginLoaderHeldException GiveUp(LoaderVisit visit, TimeSpan deadline)
    {
        LoaderLock.SetOverdue(visit);
        return LoaderFailures.Overdue(visit, deadline);
    }
}
