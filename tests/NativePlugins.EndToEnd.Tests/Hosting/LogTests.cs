using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace NativePlugins.EndToEnd.Tests;

public class LogTests
{
    [Fact]
    public void A_line_from_a_thread_of_the_plugins_own_joins_the_callers_activity()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(scratch.Fixture("log_lines"));
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C);
        activity.Start();

        plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
        activity.Stop();

        LogRecord[] records = [.. loggers.Records.Where(record => record.Category == "log_lines")];
        Assert.Equal(["trace", "debug", "information", "warning", "error", "critical", "from a thread"], records.Select(record => record.Message));
        Assert.Equal(
            [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical, LogLevel.Information],
            records.Select(record => record.Level));
        Assert.All(records, record => Assert.Same(activity, record.Activity));
    }

    [Fact]
    public void The_end_of_one_call_does_not_part_another_call_in_the_same_activity()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(scratch.Fixture("log_lines"));
        bool isNested = false;
        loggers.OnRecord = record =>
        {
            if (!isNested && record.Message == "trace")
            {
                isNested = true;
                plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
            }
        };
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C);
        activity.Start();

        plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
        activity.Stop();

        LogRecord[] fromThreads = [.. loggers.Records.Where(record => record.Message == "from a thread")];
        Assert.Equal(2, fromThreads.Length);
        Assert.All(fromThreads, record => Assert.Same(activity, record.Activity));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plugin_in_CSharp_joins_the_callers_activity_too(bool isNative)
    {
        string[] command = ["trace", Repository.Probe];
        HostResult result = isNative
            ? HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), command)
            : HostProcess.RunProgram(Environment.ProcessPath!, new HostEnvironment(), [Repository.ManagedEmbedder, .. command]);

        Assert.Equal(
            """
            probe Trace: trace (joined)
            probe Debug: debug (joined)
            probe Information: information (joined)
            probe Warning: warning (joined)
            probe.part Error: error (joined)
            probe Critical: critical (joined)
            probe Information: from a thread (joined)

            """,
            result.Exits(0).Output);
    }

    [Fact]
    public void The_program_shows_warnings_and_worse_and_what_log_level_asks_for()
    {
        string[] usual = HostProcess.Run(Repository.Probe, "log").Exits(0).Error.Split('\n');
        string[] all = HostProcess.Run("--log-level", "trace", Repository.Probe, "log").Exits(0).Error.Split('\n');

        Assert.Equal("warning probe: warning", usual[0]);
        Assert.Contains("error probe.part: error", usual);
        Assert.DoesNotContain("information probe: information", usual);
        Assert.Contains("trace probe: trace", all);
        Assert.Contains("information probe: from a thread", all);
    }
}
