namespace NativePlugins.Host.Threads;

/// <summary>One step in the system's loader, on a thread of the host's, under a deadline.</summary>
internal static class LoaderCall
{
    /// <summary>Runs it, and rethrows what it throws.</summary>
    /// <param name="library">For which library: its path, as its user knows it.</param>
    /// <param name="kind">What the step may be doing for long.</param>
    /// <param name="step">What is done there.</param>
    /// <param name="deadline">For the step, and before it for others to leave the loader.</param>
    /// <param name="late">The step ended, after all.</param>
    /// <exception cref="PluginLoaderHeldException">The step did not end in time, or another library holds the loader.</exception>
    public static void Run(string library, LoaderWork kind, Action step, TimeSpan deadline, Action late)
    {
        LoaderVisit visit = LoaderLock.Enter(library, kind, deadline);
        if (!LifecycleThread.TryRun(_ => Run(visit, step), deadline, late, visit))
        {
            throw GiveUp(visit, deadline);
        }
    }

    /// <summary>Runs a step of the visit's, and ends the visit.</summary>
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

    /// <summary>The visit did not end in time: from now on nobody waits for it.</summary>
    public static PluginLoaderHeldException GiveUp(LoaderVisit visit, TimeSpan deadline)
    {
        LoaderLock.SetOverdue(visit);
        return LoaderFailures.Overdue(visit, deadline);
    }
}
