using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host watch --project</c>: builds when a source has changed, and reloads when the library is another one.</summary>
internal static class ProjectWatch
{
    public static void Run(
        ProjectBuild build, string[] arguments, PluginHostOptions options, IWatchReport report, ILogger logger, WatchRestart restart)
    {
        build.Doing = report.Doing;
        using var sources = new SourceChanges(build.ProjectDirectory, logger);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(restart.Token);
        using var session = new WatchSession(arguments, options, report, restart);
        LoadFirst(build, sources, session, report, ending.Token);
        var rebuilding = new Thread(() => Rebuild(build, sources, session, report, ending.Token)) { IsBackground = true, Name = "build" };
        rebuilding.Start();
        try
        {
            session.RunUntilCancelled();
        }
        finally
        {
            // The thread uses what is disposed of next. It has to end first, also when the session has failed.
            ending.Cancel();
            rebuilding.Join();
        }
    }

    /// <summary>Until there is a build that can be loaded.</summary>
    private static void LoadFirst(ProjectBuild build, SourceChanges sources, WatchSession session, IWatchReport report, CancellationToken end)
    {
        IReadOnlyCollection<string> changed = [];
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                BuildPlan plan = build.Plan(changed, end);
                report.Building(1, plan);
                build.Run(plan, changed, end);
                session.Load(build.Library);
                build.Accept();
                return;
            }
            catch (Exception e) when (e is PluginException or CliException)
            {
                report.ReloadFailed(1, 0, ErrorReport.FromAny(e), null, new SourceEdit(TimeSpan.Zero, Stopwatch.GetElapsedTime(start)));
            }

            sources.Built(build.Inputs, build.Ended, end);
            changed = sources.Wait(end).Paths;
        }
    }

    private static void Rebuild(ProjectBuild build, SourceChanges sources, WatchSession session, IWatchReport report, CancellationToken end)
    {
        while (true)
        {
            int next = session.Generation + 1;
            TimeSpan notice = TimeSpan.Zero;
            long start = Stopwatch.GetTimestamp();
            try
            {
                sources.Built(build.Inputs, build.Ended, end);
                SavedFiles saved = sources.Take(end);
                next = session.Generation + 1;
                bool isNew = EditBuild.Run(
                    build,
                    sources,
                    saved,
                    plan =>
                    {
                        TimeSpan ago = DateTime.UtcNow - saved.Newest;
                        notice = ago < TimeSpan.Zero ? TimeSpan.Zero : ago;
                        start = Stopwatch.GetTimestamp();
                        report.Building(next, plan);
                    },
                    end);
                if (!isNew)
                {
                    report.Unchanged();
                    continue;
                }

                session.Edit = new SourceEdit(notice, Stopwatch.GetElapsedTime(start));
                session.Plugin.Reload(end);
                build.Accept();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (PluginException)
            {
                // The session has heard of it from the plugin's event ReloadFailed, and reported it.
            }
            catch (Exception e)
            {
                report.ReloadFailed(next, session.Generation, ErrorReport.FromAny(e), null, new SourceEdit(notice, Stopwatch.GetElapsedTime(start)));
            }
        }
    }
}
