namespace NativePlugins.Host.Threads;

/// <summary>Threads of the host's own. They are started with a turn in the <see cref="LoaderLock"/>, where starting cannot wait for ever.</summary>
internal static class OwnThread
{
    /// <summary>Runs work for a caller that awaits its end.</summary>
    /// <param name="work">The work. The token can cancel it until it has begun.</param>
    /// <param name="patience">How long to wait for a visit to the loader to end.</param>
    /// <param name="cancellationToken">The token of the task.</param>
    /// <returns>The task. It has failed with <see cref="PluginLoaderHeldException"/> if no thread can be started.</returns>
    public static Task<T> Run<T>(Func<T> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        LoaderVisit turn;
        try
        {
            turn = LoaderLock.Enter("", LoaderWork.Thread, patience);
        }
        catch (PluginLoaderHeldException e)
        {
            return Task.FromException<T>(e);
        }

        try
        {
            return Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            LoaderLock.Leave(turn);
        }
    }

    /// <summary>Runs work that throws nothing and must be done in any case: if no thread can be started, the caller's thread does it.</summary>
    public static Task Run(Action work, TimeSpan patience)
    {
        Task<bool> done = Run(
            () =>
            {
                work();
                return true;
            },
            patience,
            CancellationToken.None);
        if (done.IsFaulted && done.Exception.InnerException is PluginLoaderHeldException)
        {
            work();
            return Task.CompletedTask;
        }

        return done;
    }
}
