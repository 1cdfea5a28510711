using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host watch</c>: runs a plugin's command, and again whenever the plugin has been replaced.</summary>
internal static class PluginWatch
{
    public static int Execute(HostCommandLine line, HostTerminal terminal)
    {
        WatchSettings settings = line.Settings.Watch;
        using var loggers = new StandardErrorLogging(terminal) { LeftOut = "ReloadFailed" };
        PluginHostOptions options = line.Settings.ToOptions(loggers);
        options.Reload = new PluginReloadOptions { StagingDirectory = settings.StagingDirectory, Watch = settings.Project is null };
        using var signals = new EndSignals(options.DrainDeadline);
        terminal.Output.OnFailure = signals.Cancel;
        using var restart = new WatchRestart(terminal, options.DrainDeadline, signals.Token);
        try
        {
            Watch(line, terminal, options, loggers.CreateLogger("NativePlugins.Host"), restart);
        }
        catch (OperationCanceledException) when (restart.Token.IsCancellationRequested)
        {
            // The program is to end, by a signal, or to go on as a fresh process. Which of them is decided below.
        }
        catch (PluginException e) when (signals.ExitCode is not null)
        {
            terminal.Report(ErrorReport.From(e));
            return signals.ExitCode.Value;
        }

        if (restart.IsWanted && !signals.Token.IsCancellationRequested)
        {
            restart.Go();
        }

        return signals.ExitCode ?? ExitCodes.Success;
    }

    private static void Watch(HostCommandLine line, HostTerminal terminal, PluginHostOptions options, ILogger logger, WatchRestart restart)
    {
        WatchSettings settings = line.Settings.Watch;
        using IWatchReport report = line.Settings.Json ? new WatchJson(terminal) : new WatchText(terminal);
        if ((settings.Project ?? settings.Build) is not null)
        {
            options.Development.AllowManaged = !settings.IsNative;
            using ProjectBuild build = CreateBuild(line);
            ProjectWatch.Run(build, line.Rest, options, report, logger, restart);
            return;
        }

        using var session = new WatchSession(line.Rest, options, report, restart);
        if (settings.AnewFrom is string directory)
        {
            LoadAnew(session, line.Word, directory, report, logger, restart.Token);
        }
        else
        {
            session.Load(line.Word);
        }

        session.RunUntilCancelled();
    }

    private static ProjectBuild CreateBuild(HostCommandLine line)
    {
        WatchSettings settings = line.Settings.Watch;
        return settings.Build is string command ? new CommandBuild(BuildRecipe.Of(command, line.Word))
            : BuildRecipe.Find(settings.Project!) is BuildRecipe recipe ? new CommandBuild(recipe)
            : settings.IsNative || !PluginDevelopmentOptions.IsManagedSupported || line.Settings.Isolate ? new NativeBuild(settings.Project!)
            : new ManagedBuild(settings.Project!);
    }

    /// <summary>Until there is a build that can be loaded: what was watched goes on, whatever is there at the moment.</summary>
    private static void LoadAnew(WatchSession session, string word, string directory, IWatchReport report, ILogger logger, CancellationToken end)
    {
        using var changes = new SourceChanges(directory, logger);
        while (true)
        {
            try
            {
                session.Load(word);
                return;
            }
            catch (PluginException e)
            {
                report.ReloadFailed(1, 0, ErrorReport.From(e), null, null);
            }

            changes.Wait(end);
        }
    }
}
