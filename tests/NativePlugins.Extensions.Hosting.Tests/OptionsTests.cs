using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NativePlugins.Contracts;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting.Tests;

public class OptionsTests
{
    [Fact]
    public void Options_are_bound_from_the_configuration()
    {
        using var application = new Application().Configured(
            ("NativePlugins:Directories:0", "/first"),
            ("NativePlugins:LoadDiscovered", "false"),
            ("NativePlugins:Required:echo", ">= 1.0 < 2.0"),
            ("NativePlugins:AllowUntrustedDirectories", "true"),
            ("NativePlugins:AllowExecutableStack", "true"),
            ("NativePlugins:LifecycleDeadline", "00:00:03"),
            ("NativePlugins:DrainDeadline", "00:00:00"),
            ("NativePlugins:MaxResidentImages", "7"),
            ("NativePlugins:WarnResidentImages", "5"),
            ("NativePlugins:Isolation", "process"),
            ("NativePlugins:Worker:Path", "/worker"),
            ("NativePlugins:Worker:Environment:LANG", "C.UTF-8"),
            ("NativePlugins:Worker:ForwardStandardError", "false"),
            ("NativePlugins:Worker:Limits:Memory", "1073741824"),
            ("NativePlugins:Worker:Limits:ProcessorTime", "00:01:00"),
            ("NativePlugins:Worker:Limits:OpenFiles", "100"),
            ("NativePlugins:Worker:Limits:FileSize", "4096"),
            ("NativePlugins:Worker:Limits:UserProcesses", "200"),
            ("NativePlugins:Reload:CallPatience", "00:00:07"),
            ("NativePlugins:DataLimits:Depth", "8"),
            ("NativePlugins:DataLimits:Bytes", "65536"),
            ("NativePlugins:DataDirectory", "/data"));

        var plugins = application.Host.Services.GetRequiredService<IOptions<NativePluginsOptions>>().Value;
        var host = application.Host.Services.GetRequiredService<IOptions<PluginHostOptions>>().Value;

        Assert.Equal([KeyValuePair.Create("echo", ">= 1.0 < 2.0")], plugins.Required);
        Assert.False(plugins.LoadDiscovered);
        Assert.Equal("/first", host.Directories[0]);
        Assert.Equal((true, true, 7, "/data"), (host.AllowUntrustedDirectories, host.AllowExecutableStack, host.MaxResidentImages, host.DataDirectory));
        Assert.Equal((5, TimeSpan.FromSeconds(7)), (host.WarnResidentImages, host.Reload?.CallPatience));
        Assert.Equal((PluginIsolation.Process, "/worker", false), (host.Isolation, host.Worker.Path, host.Worker.ForwardStandardError));
        Assert.Equal([KeyValuePair.Create("LANG", "C.UTF-8")], host.Worker.Environment!);
        PluginLimits limits = host.Worker.Limits!;
        Assert.Equal((1L << 30, TimeSpan.FromMinutes(1), 100, 4096L, 200), (limits.Memory, limits.ProcessorTime, limits.OpenFiles, limits.FileSize, limits.UserProcesses));
        Assert.Equal((8, 65536), (host.DataLimits.Depth, host.DataLimits.Bytes));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.Zero), (host.LifecycleDeadline, host.DrainDeadline));
    }

    [Fact]
    public void The_limits_of_data_are_those_of_the_library_unless_they_are_configured()
    {
        using var application = new Application();

        PluginDataLimits limits = application.Host.Services.GetRequiredService<IOptions<PluginHostOptions>>().Value.DataLimits;

        Assert.Equal((new PluginDataLimits().Depth, new PluginDataLimits().Bytes), (limits.Depth, limits.Bytes));
    }

    [Fact]
    public void The_applications_verifier_is_the_hosts()
    {
        var verifier = new NoFiles();
        using var application = new Application();
        application.Builder.Services.AddSingleton<PluginVerifier>(verifier);

        Assert.Same(verifier, application.Host.Services.GetRequiredService<IOptions<PluginHostOptions>>().Value.Verifier);
    }

    [Theory]
    [InlineData("*", ">= 1.0", ">= 1.0")]
    [InlineData(">= 1.0", "*", ">= 1.0")]
    [InlineData(">= 1.0", "< 2.0", ">= 1.0 < 2.0")]
    public void What_the_application_requires_is_added_to_what_its_configuration_requires(string configured, string required, string expected)
    {
        using var application = new Application()
            .Configured(("NativePlugins:Required:echo", configured))
            .Configured(options => options.Require("echo", required));

        var options = application.Host.Services.GetRequiredService<IOptions<NativePluginsOptions>>().Value;

        Assert.Equal(expected, options.Required["echo"]);
    }

    [Theory]
    [InlineData("Development", "false", true)]
    [InlineData("Production", "false", false)]
    [InlineData("Production", "true", true)]
    public void Managed_assemblies_are_allowed_in_development_and_where_the_configuration_says_so(string environment, string configured, bool expected)
    {
        using var application = new Application().Configured(("NativePlugins:Development:AllowManaged", configured));
        application.Builder.Environment.EnvironmentName = environment;

        Assert.Equal(expected, application.Host.Services.GetRequiredService<IOptions<PluginHostOptions>>().Value.Development.AllowManaged);
    }

    [Fact]
    public void Every_option_of_the_library_that_a_file_can_hold_can_be_configured()
    {
        string[] given = ["LoggerFactory", "Configuration", "TimeProvider", "ApplicationName", "ApplicationVersion", "StartOnLoad", "CheckManifest", "Verifier"];

        Assert.Equal(
            typeof(PluginHostOptions).GetProperties().Select(property => property.Name).Except(given).Order(StringComparer.Ordinal),
            typeof(NativePluginsOptions).GetProperties().Select(property => property.Name).Except(["LoadDiscovered", "Required"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_when_the_host_starts()
    {
        using var application = new Application().Configured(
            ("NativePlugins:Directories:0", " "),
            ("NativePlugins:Required:echo", "1.0"),
            ("NativePlugins:LifecycleDeadline", "00:00:00"),
            ("NativePlugins:DrainDeadline", "2.00:00:00"),
            ("NativePlugins:MaxResidentImages", "10001"),
            ("NativePlugins:WarnResidentImages", "0"),
            ("NativePlugins:DataLimits:Depth", "1001"),
            ("NativePlugins:DataLimits:Bytes", "1023"),
            ("NativePlugins:Isolation", "Sandbox"),
            ("NativePlugins:Worker:Path", " "),
            ("NativePlugins:Worker:FileModeMask", "512"),
            ("NativePlugins:Worker:Limits:Memory", "1000000"),
            ("NativePlugins:Worker:Limits:OpenFiles", "31"),
            ("NativePlugins:Worker:Limits:FileSize", "-1"),
            ("NativePlugins:Worker:Limits:UserProcesses", "0"),
            ("NativePlugins:Worker:Limits:ProcessorTime", "00:00:00.5"),
            ("NativePlugins:Reload:CallPatience", "-1.00:00:00"),
            ("NativePlugins:Reload:MaxStateSize", "-1"),
            ("NativePlugins:Reload:QuietPeriod", "00:00:00.009"),
            ("NativePlugins:Reload:PollInterval", "1.00:00:01"));

        var refusal = Assert.Throws<OptionsValidationException>(() => application.Host.Start());

        Assert.Equal(
            [
                "NativePlugins:Directories:0: expected a directory, found nothing.",
                "NativePlugins:Required:echo: expected comparisons such as >= 1.2.0 or >= 1.2 < 2.0, or *, found '1.0'.",
                "NativePlugins:LifecycleDeadline: expected more than 0 to 1.00:00:00, or -00:00:00.001 for no deadline, found 00:00:00.",
                "NativePlugins:DrainDeadline: expected 0 to 1.00:00:00, or -00:00:00.001 for no deadline, found 2.00:00:00.",
                $"NativePlugins:MaxResidentImages: expected 1 to {PluginHost.ResidentImageLimit}, found 10001.",
                "NativePlugins:WarnResidentImages: expected 1 or more, found 0.",
                "NativePlugins:DataLimits:Depth: expected 1 to 1000, found 1001.",
                "NativePlugins:DataLimits:Bytes: expected 1024 or more, found 1023.",
                "NativePlugins:Isolation: expected InProcess or Process, found 'Sandbox'.",
                "NativePlugins:Worker:Path: expected a path, found nothing.",
                "NativePlugins:Worker:FileModeMask: expected 0 to 511, found 512.",
                "NativePlugins:Worker:Limits:Memory: expected 67108864 or more, found 1000000.",
                "NativePlugins:Worker:Limits:OpenFiles: expected 32 or more, found 31.",
                "NativePlugins:Worker:Limits:FileSize: expected 0 or more, found -1.",
                "NativePlugins:Worker:Limits:UserProcesses: expected 1 or more, found 0.",
                "NativePlugins:Worker:Limits:ProcessorTime: expected 00:00:01 to 365.00:00:00, found 00:00:00.5000000.",
                "NativePlugins:Reload:CallPatience: expected 0 to 1.00:00:00, or -00:00:00.001 for no deadline, found -1.00:00:00.",
                "NativePlugins:Reload:MaxStateSize: expected 0 to 1073741824, found -1.",
                "NativePlugins:Reload:QuietPeriod: expected 00:00:00.010 to 1.00:00:00, found 00:00:00.0090000.",
                "NativePlugins:Reload:PollInterval: expected 00:00:00.010 to 1.00:00:00, found 1.00:00:01.",
            ],
            refusal.Failures);
    }

    [Fact]
    public void A_key_that_nobody_knows_keeps_the_host_from_starting()
    {
        using var application = new Application().Configured(("NativePlugins:Directory", "/plugins"));

        Exception refusal = Assert.Throws<InvalidOperationException>(() => application.Host.Start());

        Assert.Contains("'Directory'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_sees_its_section_of_the_applications_configuration()
    {
        using var application = new Application().With("config_reader").Configured(("Plugins:config_reader:greeting", "Good day")).Started();
        using var output = new StringWriter();

        application.Plugins.Get("config_reader").RunCommand(["greeting"], output, TextWriter.Null);

        Assert.Contains("Good day", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_logs_to_the_applications_log()
    {
        using var application = new Application().With("log_lines").Started();

        application.Plugins.Get("log_lines").RunCommand([], TextWriter.Null, TextWriter.Null);

        Assert.Contains(application.Loggers.Records, record => record is { Category: "log_lines", Level: LogLevel.Critical });
    }

    [Fact]
    public void A_plugin_is_a_keyed_service_once_the_host_has_started()
    {
        using var application = new Application().With("echo");

        var early = Assert.Throws<KeyNotFoundException>(() => application.Host.Services.GetRequiredKeyedService<Plugin>("echo"));
        application.Started();

        Assert.Contains("A hosted service takes HostedPlugins", early.Message, StringComparison.Ordinal);
        Assert.Same(application.Plugins.Get("echo"), application.Host.Services.GetRequiredKeyedService<Plugin>("echo"));
        var wrong = Assert.Throws<KeyNotFoundException>(() => application.Host.Services.GetRequiredKeyedService<Plugin>("eco"));
        Assert.Equal("No plugin 'eco' is loaded; loaded are: echo.", wrong.Message);
    }

    private sealed class NoFiles : PluginVerifier
    {
        public override IReadOnlyList<PluginFileDigest>? Find(string installedPath, string libraryPath) => null;
    }
}
