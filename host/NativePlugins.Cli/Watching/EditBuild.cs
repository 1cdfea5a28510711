namespace NativePlugins.Cli;

/// <summary>Builds what was saved, without waiting until it is certain that this was all.</summary>
internal static class EditBuild
{
    /// <summary>
    /// What the compiler is enough for begins with the first file; should more be saved with that one, it ends, and begins again with all of it.
    /// </summary>
    /// <param name="build">What builds.</param>
    /// <param name="sources">Where it was noticed.</param>
    /// <param name="saved">What was saved first; what was saved with it is added.</param>
    /// <param name="building">Told what it takes, each time that it begins.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>As <see cref="ProjectBuild.Run"/>.</returns>
    /// <exception cref="CliException">As there.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static bool Run(ProjectBuild build, SourceChanges sources, SavedFiles saved, Action<BuildPlan> building, CancellationToken end)
    {
        BuildPlan plan = build.Plan(saved.Paths, end);
        if (!plan.IsCompile)
        {
            sources.Settle(saved, () => { }, end);
        }
        else if (BuildEarly(plan) is bool isNew)
        {
            return isNew;
        }

        plan = build.Plan(saved.Paths, end);
        building(plan);
        return build.Run(plan, saved.Paths, end);

        bool? BuildEarly(BuildPlan plan)
        {
            string[] changed = [.. saved.Paths];
            building(plan);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(end);

            // On a thread of its own: it blocks, and must not wait for one of the pool's while the time runs in which more may be saved.
            var early = Task.Factory.StartNew(() => build.Run(plan, changed, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            bool isAll = false;
            try
            {
                isAll = sources.Settle(saved, ending.Cancel, end);
            }
            finally
            {
                // Whatever became of it: nothing else touches the build until it has ended.
                Task.WaitAny([early], CancellationToken.None);
            }

            return isAll ? early.GetAwaiter().GetResult() : null;
        }
    }
}
