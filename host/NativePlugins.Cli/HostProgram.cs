using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>The whole program, from its arguments to its exit status. It never throws.</summary>
internal static class HostProgram
{
    /// <summary>The same as <see cref="Run"/>, for a process that ends with it.</summary>
    public static int RunProcess(string[] arguments, StandardStream output, StandardStream errorOutput)
    {
        // A call whose thread a plugin has ended never returns, and neither would this process end. NativePlugins.Host has said what has happened.
        AppContext.SetData("NativePlugins.LastWords.ThreadEndStatus", 70);
        var terminal = new HostTerminal(output, errorOutput, new HostSettings());
        return ProgramEnd.Prepare(Run(arguments, terminal), terminal);
    }

    public static int Run(string[] arguments, StandardStream output, StandardStream errorOutput) =>
        Run(arguments, new HostTerminal(output, errorOutput, new HostSettings()));

    private static int Run(string[] arguments, HostTerminal terminal)
    {
        StandardStream output = terminal.Output;
        try
        {
            HostCommandLine line = HostCommandLine.Split(arguments, terminal.Settings);
            int status = Dispatch(line, terminal);
            return output.Failure is null ? status : OutputFailed(output, terminal);
        }
        catch (Exception) when (output.Failure is not null)
        {
            return OutputFailed(output, terminal);
        }
        catch (PluginException e)
        {
            return terminal.Report(ErrorReport.From(e));
        }
        catch (CliException e)
        {
            return terminal.Report(e.Report);
        }
        catch (Exception e)
        {
            return terminal.Report(CliErrors.Unexpected(e));
        }
    }

    private static int Dispatch(HostCommandLine line, HostTerminal terminal)
    {
        // The other commands have options of their own, which are not read yet.
        if (line.Kind is HostCommandKind.Run or HostCommandKind.Watch or HostCommandKind.Describe)
        {
            SecureExecution.Require(line, terminal);
        }

        switch (line.Kind)
        {
            case HostCommandKind.Run:
                return PluginRun.Execute(line, terminal);
            case HostCommandKind.Watch:
                return PluginWatch.Execute(line, terminal);
            case HostCommandKind.Version:
                terminal.WriteLine(VersionText.Describe());
                return ExitCodes.Success;
            case HostCommandKind.Help:
                terminal.Write(HelpText.Full());
                return ExitCodes.Success;
            case HostCommandKind.NoArguments:
                terminal.WriteError(HelpText.Short());
                return ExitCodes.Usage;
            case HostCommandKind.Describe:
                return DescribeChild.Execute(line, terminal);
            default:
                return CommandRunner.Execute(line, terminal);
        }
    }

    private static int OutputFailed(StandardStream output, HostTerminal terminal) => output.HasReaderGone
        ? ExitCodes.ReaderGone
        : terminal.Report(CliErrors.OutputFailed(output.Failure!).Report);
}
