namespace NativePlugins.Host.Threads;

/// <summary>Threads of the host's own, begun where that cannot wait for ever: with a turn in the <see cref="LoaderLock"/>.</summary>
internal static class OwnThread
{
    /// <summary>Work for a caller that awaits its end.</summary>
    /// <param name="work">Is cancelled by the token until it has begun.</param>
    /// <param name="patience">How long to wait for whoever is in the loader.</param>
    /// <param name="cancellationToken">The task's.</param>
    /// <returns>It has failed with <see cref="PluginLoaderHeldException"/> where no thread can be begun.</returns>
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

    /// <summary>Work that throws nothing and must be done in any case: by the caller, where no thread can be begun.</summary>
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
