using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// <c>host run</c>: load, start, run the command, stop. Neither the command-line parser nor the table renderer nor
/// <see cref="Console"/> is touched here: they would double the time from start to exit.
/// </summary>
internal static class PluginRun
{
    public static int Execute(HostCommandLine line, HostTerminal terminal)
    {
        // How an isolated plugin's process ended is reported as the error of the call.
        using var loggers = new StandardErrorLogging(terminal) { LeftOut = "Ended" };
        PluginHostOptions options = line.Settings.ToOptions(loggers);
        using var signals = new EndSignals(options.DrainDeadline);
        terminal.Output.OnFailure = signals.Cancel;
        try
        {
            int status = Run(line, options, terminal, signals.Token);
            return signals.ExitCode ?? ExitCodes.FromPlugin(status);
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;
        }
        catch (PluginException e) when (signals.ExitCode is not null)
        {
            terminal.Report(ErrorReport.From(e));
            return signals.ExitCode.Value;
        }
        catch (PluginNotFoundException e) when (line.IsBare && CommandNames.FindNearest(line.Word) is string command)
        {
            ErrorReport report = ErrorReport.From(e);
            return terminal.Report(report with { Advice = $"{report.Advice}\nOr did you mean the command `host {command}`?" });
        }
    }

    private static int Run(HostCommandLine line, PluginHostOptions options, HostTerminal terminal, CancellationToken cancellationToken)
    {
        using var host = new PluginHost(options);
        Plugin plugin = host.Load(line.Word, line.Settings.RequiredIsolation, cancellationToken);
        try
        {
            int status = plugin.RunCommand(line.Rest, terminal.Output, terminal.ErrorOutput, cancellationToken);
            if (!ExitCodes.IsPluginsOwn(status))
            {
                StatusReport.Write(terminal, plugin.Description.Id, status);
            }

            plugin.Stop();
            return status;
        }
        finally
        {
            plugin.Dispose();
            if (line.Settings.Verbose)
            {
                TimingReport.Write(terminal, plugin.Timings);
            }
        }
    }
}
