using NativePlugins.Abi;
using NativePlugins.Sdk.Interop;
using NativePlugins.Sdk.Tests.Hosting;

namespace NativePlugins.Sdk.Tests;

public class HostServiceTests
{
    [Fact]
    public void Settings_are_read_in_the_order_of_their_keys()
    {
        using var host = new FakeHost { Settings = { ["b"] = "2", ["a:x"] = "ä", ["empty"] = "" } };

        Assert.Equal("a:x=ä;b=2;empty=", Run(host, "config").Output);
    }

    [Fact]
    public void A_setting_larger_than_any_buffer_is_read()
    {
        using var host = new FakeHost { Settings = { ["big"] = new string('ä', 100_000) } };

        Assert.Equal("big=" + host.Settings["big"], Run(host, "config").Output);
    }

    [Fact]
    public void Directories_are_read()
    {
        using var host = new FakeHost();

        Assert.Equal("/installed|/dätä", Run(host, "paths").Output);
    }

    [Fact]
    public void The_host_says_who_it_is()
    {
        using var host = new FakeHost();

        Assert.Equal("fake|1.2", Run(host, "host").Output);
    }

    [Fact]
    public void A_host_without_any_service_will_do()
    {
        using var host = new FakeHost { Services = [], Settings = { ["a"] = "1" } };

        Assert.Equal("none|none", Run(host, "paths").Output);
        Assert.Equal("", Run(host, "config").Output);
        Assert.Equal(np.NP_OK, Run(host, "log").Status);
        Assert.Empty(host.Log);
    }

    [Fact]
    public void A_service_smaller_than_version_1_0_counts_as_missing()
    {
        using var host = new FakeHost { ServiceSizeDifference = -1, Settings = { ["a"] = "1" } };

        Assert.Equal("", Run(host, "config").Output);
    }

    [Fact]
    public void Larger_tables_are_accepted()
    {
        using var host = new FakeHost { SizeDifference = 128, Settings = { ["a"] = "1" } };

        Assert.Equal("a=1", Run(host, "config").Output);
    }

    [Fact]
    public void A_host_table_that_is_too_small_is_refused_with_both_sizes()
    {
        using var host = new FakeHost { SizeDifference = -1 };

        (_, Outcome outcome) = PluginUnderTest.Scripted.TryCreate(host);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, outcome.Status);
        Assert.Equal("np_host has 55 bytes; at least 56 are expected.", outcome.Error!.Message);
    }

    [Fact]
    public void A_level_that_is_off_is_not_sent()
    {
        using var host = new FakeHost { MinimumLevel = np.NP_LOG_ERROR };

        _ = Run(host, "log");

        Assert.Equal("in a task", Assert.Single(host.Log).Message);
    }

    [Fact]
    public void A_record_outside_of_a_command_has_no_trace_context()
    {
        using var host = new FakeHost { Settings = { ["start"] = "log" } };

        _ = Run(host, "");

        Assert.Equal(new LogRecord(2, 0, "", "in the lifecycle", "", ""), Assert.Single(host.Log));
    }

    [Fact]
    public void A_service_that_fails_throws_with_the_hosts_text()
    {
        using var host = new FakeHost { Failure = (np.NP_E_IO, "disk full") };

        (_, Outcome outcome) = PluginUnderTest.Scripted.TryCreate(host);

        Assert.Equal(np.NP_E_FAULT, outcome.Status);
        Assert.Equal("NativePlugins.Sdk.PluginHostException", outcome.Error!.Type);
        Assert.Equal("Reading the setting 'create' failed: disk full", outcome.Error.Message);
    }

    [Fact]
    public void An_exception_that_nothing_catches_is_logged_to_each_host_that_has_an_instance()
    {
        using var host = new FakeHost();
        using var former = new FakeHost();
        PluginUnderTest.Scripted.Create(former).Dispose();
        using Instance instance = PluginUnderTest.Scripted.Create(host);

        UnhandledExceptions.Report(new InvalidOperationException("lost"));

        LogRecord record = Assert.Single(host.Log);
        Assert.Equal(np.NP_LOG_CRITICAL, record.Level);
        Assert.Equal("System.InvalidOperationException: lost", record.Detail);
        Assert.Empty(former.Log);
    }

    private static RunOutcome Run(FakeHost host, string argument)
    {
        using Instance instance = PluginUnderTest.Scripted.CreateStarted(host);
        return instance.Run(argument);
    }
}
