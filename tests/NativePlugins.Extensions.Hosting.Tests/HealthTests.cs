using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NativePlugins.Extensions.Hosting.Tests;

public class HealthTests
{
    [Fact]
    public void An_application_with_all_its_plugins_is_healthy()
    {
        using var application = new Application().With("echo").Configured(options => options.Require("echo"));
        HealthReportEntry health = Check(application, started: true);

        Assert.Equal((HealthStatus.Healthy, null), (health.Status, health.Description));
        Assert.Equal("1.0.0 started", health.Data["plugin:echo"]);
        Assert.Equal((0, PluginHost.ResidentImageLimit), (health.Data["resident_images"], health.Data["resident_image_limit"]));
    }

    [Fact]
    public void Before_its_start_an_application_is_unhealthy()
    {
        using var application = new Application().With("echo");

        Assert.Equal(HealthStatus.Unhealthy, Check(application, started: false).Status);
    }

    [Fact]
    public void A_plugin_that_was_refused_degrades_the_health()
    {
        using var application = new Application().With("echo").With("wrong_magic");
        HealthReportEntry health = Check(application, started: true);

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.StartsWith("NP4001: ", health.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, HealthStatus.Unhealthy, "stop_hangs, which is required, is quarantined")]
    [InlineData(false, HealthStatus.Degraded, "stop_hangs is quarantined")]
    public void A_plugin_in_quarantine_is_told(bool isRequired, HealthStatus expected, string description)
    {
        using var application = new Application().With("stop_hangs").Configured(options => options.LifecycleDeadline = TimeSpan.FromSeconds(1));
        if (isRequired)
        {
            application.Configured(options => options.Require("stop_hangs"));
        }

        application.Builder.Services.AddHealthChecks().AddNativePlugins();
        application.Started();
        Assert.Throws<PluginDeadlineException>(() => application.Plugins.Get("stop_hangs").Stop());
        HealthReportEntry health = Check(application, started: false);

        Assert.Equal((expected, description), (health.Status, health.Description));
    }

    private static HealthReportEntry Check(Application application, bool started)
    {
        if (started)
        {
            application.Builder.Services.AddHealthChecks().AddNativePlugins();
            application.Started();
        }
        else if (application.Builder.Services.All(service => service.ServiceType != typeof(HealthCheckService)))
        {
            application.Builder.Services.AddHealthChecks().AddNativePlugins();
        }

        return application.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().Result.Entries["native_plugins"];
    }
}
