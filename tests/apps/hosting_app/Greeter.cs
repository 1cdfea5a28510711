using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using NativePlugins.Extensions.Hosting;

namespace NativePlugins.HostingApplication;

/// <summary>Has a plugin greet, prints the application's health, and shuts it down.</summary>
internal sealed class Greeter(HostedPlugins plugins, HealthCheckService health, IHostApplicationLifetime application) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        plugins.Get("hello_world").RunCommand([], Console.Out, Console.Error, stoppingToken);
        HealthReport report = await health.CheckHealthAsync(stoppingToken);
        Console.WriteLine($"{report.Status}: {string.Join(", ", plugins.All.Select(plugin => plugin.Description.Id))}");
        application.StopApplication();
    }
}
