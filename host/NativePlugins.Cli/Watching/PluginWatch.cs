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
        try
        {
            using IWatchReport report = line.Settings.Json ? new WatchJson(terminal) : new WatchText(terminal);
            if (settings.Project is string project)
            {
                ProjectWatch.Run(project, line.Rest, options, report, loggers.CreateLogger("NativePlugins.Host"), signals.Token);
            }
            else
            {
                using var session = new WatchSession(line.Rest, options, report, signals.Token);
                session.Load(line.Word);
                session.RunUntilCancelled();
            }

            return signals.ExitCode ?? ExitCodes.Success;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return signals.ExitCode ?? ExitCodes.Success;
        }
        catch (PluginException e) when (signals.ExitCode is not null)
        {
            terminal.Report(ErrorReport.From(e));
            return signals.ExitCode.Value;
        }
    }
}
