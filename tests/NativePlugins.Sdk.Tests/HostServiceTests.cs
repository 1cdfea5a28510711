using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Hosting;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Sdk.Tests;

public class HostServiceTests
{
    [Fact]
    public void Settings_are_read_in_the_order_of_their_keys()
    {
        using var host = new TestHost { Settings = { ["b"] = "2", ["a:x"] = "ä", ["empty"] = "" } };

        Assert.Equal("a:x=ä;b=2;empty=", Run(host, "config").Output);
    }

    [Fact]
    public void A_setting_larger_than_any_buffer_is_read()
    {
        using var host = new TestHost { Settings = { ["big"] = new string('ä', 100_000) } };

        Assert.Equal("big=" + host.Settings["big"], Run(host, "config").Output);
    }

    [Fact]
    public void Directories_are_read()
    {
        using var host = new TestHost { InstalledDirectory = "/installed", DataDirectory = "/dätä" };

        Assert.Equal("/installed|/dätä", Run(host, "paths").Output);
    }

    [Fact]
    public void The_host_says_who_it_is()
    {
        using var host = new TestHost { Name = "fake", Version = "1.2" };

        Assert.Equal("fake|1.2", Run(host, "host").Output);
    }

    [Fact]
    public void A_host_without_any_service_will_do()
    {
        using var host = new TestHost { Services = new HashSet<string>(), Settings = { ["a"] = "1" } };

        Assert.Equal("none|none", Run(host, "paths").Output);
        Assert.Equal("", Run(host, "config").Output);
        Assert.Equal(np.NP_OK, Run(host, "log").Status);
        Assert.Empty(host.Log);
    }

    [Fact]
    public void A_service_smaller_than_version_1_0_counts_as_missing()
    {
        using var host = new TestHost { ServiceSizeDifference = -1, Settings = { ["a"] = "1" } };

        Assert.Equal("", Run(host, "config").Output);
    }

    [Fact]
    public void Larger_tables_are_accepted()
    {
        using var host = new TestHost { SizeDifference = 128, Settings = { ["a"] = "1" } };

        Assert.Equal("a=1", Run(host, "config").Output);
    }

    [Fact]
    public void A_host_table_that_is_too_small_is_refused_with_both_sizes()
    {
        using var host = new TestHost { SizeDifference = -1 };

        (_, TestOutcome outcome) = PluginUnderTest.Scripted.TryCreate(host);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, outcome.Status);
        Assert.Equal("np_host has 55 bytes; at least 56 are expected.", outcome.Error!.Message);
    }

    [Fact]
    public void A_level_that_is_off_is_not_sent()
    {
        using var host = new TestHost { MinimumLevel = PluginLogLevel.Error };

        _ = Run(host, "log");

        Assert.Equal("in a task", Assert.Single(host.Log).Message);
    }

    [Fact]
    public void A_record_outside_of_a_command_has_no_trace_context()
    {
        using var host = new TestHost { Settings = { ["start"] = "log" } };

        _ = Run(host, "");

        Assert.Equal(new TestLogRecord(PluginLogLevel.Information, 0, "", "in the lifecycle", "", ""), Assert.Single(host.Log));
    }

    [Fact]
    public void A_service_that_fails_throws_with_the_hosts_text()
    {
        using var host = new TestHost { ServiceFailure = new TestError(np.NP_E_IO, "", "disk full", "") };

        (_, TestOutcome outcome) = PluginUnderTest.Scripted.TryCreate(host);

        Assert.Equal(np.NP_E_FAULT, outcome.Status);
        Assert.Equal("NativePlugins.Sdk.PluginHostException", outcome.Error!.Type);
        Assert.Equal("Reading the setting 'create' failed: disk full", outcome.Error.Message);
    }

    [Fact]
    public void Listing_the_settings_fails_as_reading_one_does()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);
        host.ServiceFailure = new TestError(np.NP_E_IO, "", "disk full", "");

        TestRun run = instance.Run("config");

        Assert.Equal($"Reading the settings failed with status {np.NP_E_IO}.", run.Error!.Message);
    }

    [Fact]
    public unsafe void A_service_of_the_host_for_tests_can_fail_without_an_error_sink()
    {
        using var host = new TestHost { ServiceFailure = new TestError(np.NP_E_IO, "", "disk full", "") };
        using var tables = new HostTables(host);
        np_config* config;
        fixed (byte* id = np.NP_CONFIG_ID)
        {
            Assert.Equal(np.NP_OK, tables.Host->get_service(tables.Host->context, (sbyte*)id, (nuint)np.NP_CONFIG_ID.Length, (void**)&config));
        }

        Assert.Equal(np.NP_E_IO, config->get(config->context, null, 0, null, null));
    }

    private static TestRun Run(TestHost host, string argument)
    {
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);
        return instance.Run(argument);
    }
}
