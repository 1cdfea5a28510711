using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// The end of the process, which runs code of the plugins' once more: exit(3) calls the destructors of the libraries that are still
/// mapped, and the handlers that they have left. These have the deadline that a plugin's other steps have.
/// </summary>
internal static class ProgramEnd
{
    /// <summary>Ends the process, where something of a plugin's is stuck in it; else sees to it that it does end.</summary>
    /// <param name="status">What the program ends with.</param>
    /// <param name="terminal">Written to, without a buffer, so that nothing is left to be flushed.</param>
    /// <returns>The status.</returns>
    public static int Prepare(int status, HostTerminal terminal)
    {
        if (PluginHost.StuckCallCount > 0)
        {
            PluginHost.EndProcess(status == ExitCodes.Success ? PluginErrors.DeadlinePassed.ExitCode : status);
        }

        TimeSpan deadline = terminal.Settings.LifecycleDeadline;
        if (terminal.Settings.RunsPlugins && deadline != Timeout.InfiniteTimeSpan)
        {
            new Thread(() => End(deadline, terminal)) { IsBackground = true, Name = "end in time" }.UnsafeStart();
        }

        return status;
    }

    private static void End(TimeSpan deadline, HostTerminal terminal)
    {
        Thread.Sleep(deadline);
        PluginHost.EndProcess(terminal.Report(CliErrors.EndHeldUp(deadline)));
    }
}
