using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>
/// Unhealthy while a required plugin is not started, degraded while another one is in quarantine or was refused.
/// </summary>
internal sealed class PluginsHealthCheck(HostedPlugins plugins, IOptions<NativePluginsOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (!plugins.IsStarted)
        {
            return new HealthCheckResult(failure, "The plugins are not loaded: the host has not started, or has stopped.");
        }

        IReadOnlyList<Plugin> loaded = plugins.All;
        string[] down = [.. options.Value.Required.Keys.Where(id => !IsStarted(loaded, id))];
        string[] quarantined = [.. loaded.Where(plugin => plugin.State != PluginState.Started).Select(plugin => plugin.Description.Id).Except(down)];
        string[] problems =
        [
            .. down.Select(id => $"{id}, which is required, is {State(loaded, id)}"),
            .. quarantined.Select(id => $"{id} is {State(loaded, id)}"),
            .. plugins.Refusals.Select(refusal => $"{refusal.Code}: {refusal.Summary}"),
        ];
        HealthStatus status = down.Length > 0 ? failure : problems.Length > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        return new HealthCheckResult(status, problems.Length > 0 ? string.Join("; ", problems) : null, data: Data(loaded));
    }

    private static bool IsStarted(IReadOnlyList<Plugin> loaded, string id) =>
        loaded.Any(plugin => plugin.Description.Id == id && plugin.State == PluginState.Started);

    private static string State(IReadOnlyList<Plugin> loaded, string id) =>
        loaded.FirstOrDefault(plugin => plugin.Description.Id == id) is Plugin plugin ? plugin.State.ToString().ToLowerInvariant() : "disposed";

    private static Dictionary<string, object> Data(IReadOnlyList<Plugin> loaded)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["resident_images"] = PluginHost.ResidentImageCount,
            ["resident_image_limit"] = PluginHost.ResidentImageLimit,
        };
        foreach (Plugin plugin in loaded)
        {
            data[$"plugin:{plugin.Description.Id}"] = $"{plugin.Description.Version} {plugin.State.ToString().ToLowerInvariant()}";
        }

        return data;
    }
}
