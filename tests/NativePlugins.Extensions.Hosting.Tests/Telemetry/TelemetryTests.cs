using System.Diagnostics;

namespace NativePlugins.Extensions.Hosting.Tests.Telemetry;

/// <summary>What OpenTelemetry sees of the library, through its own SDK and exporter.</summary>
public class TelemetryTests
{
    [Fact]
    public void Loads_calls_faults_and_refusals_are_counted()
    {
        using var scratch = new Scratch();
        using var observed = new Observed();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("fault_in_run"));

        Assert.Throws<PluginFaultException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        Assert.Throws<PluginDescriptionException>(() => host.Load(scratch.Fixture("wrong_magic")));
        Assert.Throws<PluginNotFoundException>(() => host.Load("no_such_plugin"));

        Assert.Equal(
            [
                "native_plugins.calls{call} native_plugins.plugin.id=fault_in_run native_plugins.service=np.command/1 1",
                "native_plugins.faults{fault} error.type=NP5003 native_plugins.plugin.id=fault_in_run 1",
                "native_plugins.loads{load} native_plugins.plugin.id=fault_in_run 1",
                "native_plugins.refusals{refusal} error.type=NP1001 1",
                "native_plugins.refusals{refusal} error.type=NP4001 1",
                "native_plugins.resident_image.count{image} 0",
                $"native_plugins.resident_image.limit{{image}} {PluginHost.ResidentImageLimit}",
            ],
            observed.Metrics());
    }

    [Fact]
    public void A_plugin_that_does_not_answer_in_time_is_a_fault_and_a_refusal()
    {
        using var scratch = new Scratch();
        using var observed = new Observed();
        using var host = new PluginHost(new PluginHostOptions { LifecycleDeadline = TimeSpan.FromMilliseconds(50) });

        Assert.Throws<PluginDeadlineException>(() => host.Load(scratch.Fixture("start_hangs")));

        IReadOnlyList<string> metrics = observed.Metrics();
        Assert.Contains("native_plugins.faults{fault} error.type=NP5004 native_plugins.plugin.id=start_hangs 1", metrics);
        Assert.Contains("native_plugins.refusals{refusal} error.type=NP5004 1", metrics);
    }

    [Fact]
    public void Reloads_are_counted_with_the_error_code_of_those_that_fail()
    {
        using var scratch = new Scratch();
        using var observed = new Observed();
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions() });
        string library = scratch.Fixture("echo");
        Plugin plugin = host.Load(library);

        plugin.Reload();
        File.WriteAllText(library, "not a library");
        Assert.Throws<PluginFormatException>(() => plugin.Reload());

        IReadOnlyList<string> metrics = observed.Metrics();
        Assert.Contains("native_plugins.reloads{reload} native_plugins.plugin.id=echo 1", metrics);
        Assert.Contains("native_plugins.reloads{reload} error.type=NP2003 native_plugins.plugin.id=echo 1", metrics);
        Assert.Equal(["native_plugins.load", "native_plugins.reload", "native_plugins.reload"], observed.Activities.Select(activity => activity.OperationName));
    }

    [Fact]
    public void A_load_and_a_run_of_a_command_are_activities()
    {
        using var scratch = new Scratch();
        using var observed = new Observed();
        using var host = new PluginHost();
        string library = scratch.Fixture("exit_status");

        Plugin plugin = host.Load(library);
        plugin.RunCommand(["7"], TextWriter.Null, TextWriter.Null);

        Assert.Equal(
            [
                $"native_plugins.load Unset native_plugins.plugin.name={library} native_plugins.plugin.id=exit_status native_plugins.plugin.version=1.0.0",
                "native_plugins.command Unset native_plugins.plugin.id=exit_status native_plugins.plugin.version=1.0.0 native_plugins.command.exit_status=7",
            ],
            observed.Activities.Select(Describe));
    }

    [Fact]
    public void A_plugin_is_told_the_activity_of_the_run_as_its_trace_parent()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var observed = new Observed();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });

        host.Load(scratch.Fixture("log_lines")).RunCommand([], TextWriter.Null, TextWriter.Null);

        Activity run = Assert.Single(observed.Activities, activity => activity.OperationName == "native_plugins.command");
        Assert.All(loggers.Records.Where(record => record.Category == "log_lines"), record => Assert.Same(run, record.Activity));
    }

    [Fact]
    public void A_refusal_and_a_fault_are_activities_that_failed_with_the_code()
    {
        using var scratch = new Scratch();
        using var observed = new Observed();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("fault_in_run"));

        Assert.Throws<PluginFaultException>(() => plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        Assert.Throws<PluginNotFoundException>(() => host.Load("no\u001bsuch"));

        Activity fault = Assert.Single(observed.Activities, activity => activity.OperationName == "native_plugins.command");
        Activity refusal = observed.Activities[^1];
        Assert.Equal((ActivityStatusCode.Error, "NP5003"), (fault.Status, fault.GetTagItem("error.type")));
        Assert.Equal((ActivityStatusCode.Error, "NP1001"), (refusal.Status, refusal.GetTagItem("error.type")));
        Assert.Equal("no\\u001Bsuch", refusal.GetTagItem("native_plugins.plugin.name"));
    }

    [Fact]
    public void Nobody_listens_and_there_is_no_activity()
    {
        using var scratch = new Scratch();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });

        host.Load(scratch.Fixture("log_lines")).RunCommand([], TextWriter.Null, TextWriter.Null);

        Assert.All(loggers.Records, record => Assert.Null(record.Activity));
    }

    [Fact]
    public void The_published_host_has_no_telemetry_in_it()
    {
        string symbols = Tool.Run("nm", Repository.Host + ".dbg");

        Assert.Contains("PluginErrors", symbols, StringComparison.Ordinal);
        Assert.DoesNotContain("PluginInstruments", symbols, StringComparison.Ordinal);
    }

    private static string Describe(Activity activity) =>
        string.Join(' ', [activity.OperationName, activity.Status, .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")]);
}
