using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Testing.Tests;

/// <summary>One source, run under the JIT by this package and published by the host: what it does must be the same.</summary>
public sealed class ParityTests
{
    private static readonly Dictionary<string, string?> s_settings = new() { ["probe:a:x"] = "ä", ["probe:b"] = "2" };

    public static TheoryData<string> Commands =>
        ["", "echo|a|ünï 😀||--x", "null-reference", "throw", "status|0", "status|63", "status|not a number", "required", "settings", "log", "threads|3", "no such"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_does_the_same_under_the_JIT_and_published(string command)
    {
        string[] arguments = command.Length == 0 ? [] : command.Split('|');

        Assert.Equal(Published(arguments, s_settings), UnderTest(arguments, s_settings));
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    [InlineData("run")]
    [InlineData("destroy")]
    public void An_exception_in_the_lifecycle_is_the_same_under_the_JIT_and_published(string step)
    {
        var settings = new Dictionary<string, string?> { ["probe:ThrowIn"] = step };

        Assert.Equal(Published(["echo"], settings), UnderTest(["echo"], settings));
    }

    private static string UnderTest(string[] arguments, Dictionary<string, string?> settings)
    {
        var behaviour = new Behaviour();
        using var host = new TestHost();
        foreach ((string key, string? value) in settings)
        {
            host.Settings[key["probe:".Length..]] = value!;
        }

        try
        {
            using TestInstance probe = Probe.StartIn(host);
            TestRun run = probe.Run(arguments);
            behaviour.Printed(run.Output, run.ErrorOutput);
            behaviour.Ended(run.ExitStatus);
        }
        catch (TestFaultException fault)
        {
            behaviour.Failed(fault.Status, fault.Error!.Type, fault.Error.Message, fault.Error.Detail);
        }

        foreach (TestLogRecord record in host.Log)
        {
            string category = record.Category.Length == 0 ? "probe" : $"probe.{record.Category}";
            behaviour.Logged((LogLevel)record.Level, category, record.Detail.Length == 0 ? record.Message : $"{record.Message}\n{record.Detail}");
        }

        return behaviour.ToString();
    }

    private static string Published(string[] arguments, Dictionary<string, string?> settings)
    {
        var behaviour = new Behaviour();
        using var loggers = new RecordingLoggers();
        using var host = new PluginHost(new PluginHostOptions
        {
            LoggerFactory = loggers,
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Plugins:{setting.Key}", setting.Value))).Build(),
        });
        try
        {
            Plugin probe = host.Load(Probe.Library);
            Run(probe, arguments, behaviour);
        }
        catch (PluginException failure) when (failure.Remote is { } remote)
        {
            behaviour.Failed(remote.Status, remote.Type, remote.Message, remote.StackTrace);
        }

        host.Dispose();
        foreach (LogRecord record in loggers.Records.Where(record => record.Category.StartsWith("probe", StringComparison.Ordinal)))
        {
            behaviour.Logged(record.Level, record.Category, record.Message);
        }

        return behaviour.ToString();
    }

    private static void Run(Plugin probe, string[] arguments, Behaviour behaviour)
    {
        var (output, errorOutput) = (new StringWriter(), new StringWriter());
        int? status = null;
        try
        {
            status = probe.RunCommand(arguments, output, errorOutput);
        }
        finally
        {
            behaviour.Printed(output.ToString(), errorOutput.ToString());
        }

        behaviour.Ended(status.Value);
    }
}
