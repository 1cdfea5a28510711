using NativePlugins.Sdk;
using NativePlugins.Testing;

namespace Plugin_Name.Tests;

public class GreeterTests
{
    [Fact]
    public void It_greets_whom_it_is_told()
    {
        using var host = new TestHost();
        using TestInstance greeter = host.Start<Greeter>();

        TestRun run = greeter.Run("Ada");

        Assert.Equal(0, run.ExitStatus);
        Assert.Equal($"Hello, Ada!{Environment.NewLine}", run.Output);
    }

    [Fact]
    public void Its_greeting_can_be_configured()
    {
        using var host = new TestHost { Settings = { ["Greeting"] = "Good morning" } };
        using TestInstance greeter = host.Start<Greeter>();

        Assert.Equal($"Good morning, world!{Environment.NewLine}", greeter.Run().Output);
    }

    [Fact]
    public void It_logs_whom_it_greets()
    {
        using var host = new TestHost();
        using TestInstance greeter = host.Start<Greeter>();

        greeter.Run("Ada");

        TestLogRecord record = Assert.Single(host.Log);
        Assert.Equal((PluginLogLevel.Information, "greeting Ada"), (record.Level, record.Message));
    }

    [Fact]
    public void It_leaves_nothing_behind()
    {
        using var host = new TestHost();

        host.AssertNothingStays<Greeter>(greeter => greeter.Run("Ada"));
    }
}
