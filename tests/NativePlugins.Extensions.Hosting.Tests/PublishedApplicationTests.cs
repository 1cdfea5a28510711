namespace NativePlugins.Extensions.Hosting.Tests;

/// <summary>tests/apps/hosting_app, compiled with NativeAOT: bound, validated, hosted without reflection.</summary>
public class PublishedApplicationTests
{
    private static readonly string[] s_quiet = ["--Logging:LogLevel:Default=None"];

    [Fact]
    public void It_greets_from_a_plugin_and_is_healthy()
    {
        HostResult result = Run("--NativePlugins:Required:hello_world=>= 1.0 < 2.0").Exits(0);

        Assert.StartsWith("Hello, world!\nHealthy: hello_world, ", result.Output, StringComparison.Ordinal);
        Assert.Contains(", hello_c, ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_than_it_needs_ends_it_with_status_76_and_the_reason()
    {
        HostResult result = Run("--NativePlugins:Required:hello_world=>= 2.0").Exits(76);

        Assert.StartsWith("NP4010: the application needs the plugin 'hello_world' >= 2.0\n  expected: hello_world >= 2.0\n  found:    hello_world 1.0.0 (", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_is_missing_ends_it_with_status_66() =>
        Assert.StartsWith("NP1001: ", Run("--NativePlugins:Required:gone=*").Exits(66).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--NativePlugins:MaxResidentImages=0", "NativePlugins:MaxResidentImages: expected 1 to ")]
    [InlineData("--NativePlugins:Directory=/plugins", "NativePlugins: ")]
    [InlineData("--NativePlugins:DrainDeadline=soon", "NativePlugins: ")]
    public void A_setting_that_is_wrong_ends_it_with_status_78_and_the_reason(string setting, string reason) =>
        Assert.StartsWith(reason, Run(setting).Exits(78).Error, StringComparison.Ordinal);

    private static HostResult Run(params string[] settings) => HostProcess.RunProgram(
        Repository.HostingApplication, new HostEnvironment(), [$"--NativePlugins:Directories:0={Repository.Dist}", .. s_quiet, .. settings]);
}
