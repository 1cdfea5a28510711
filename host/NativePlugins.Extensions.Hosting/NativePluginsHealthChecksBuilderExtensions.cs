using Microsoft.Extensions.Diagnostics.HealthChecks;
using NativePlugins.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of native plugins to an application's health checks.</summary>
public static class NativePluginsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that fails while a plugin that is required is not started, and is degraded while another one is in
    /// quarantine or was refused. Its data hold each plugin's version and state, and the resident images.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default: <c>native_plugins</c>.</param>
    /// <param name="failureStatus">What it reports when it fails. Default: unhealthy.</param>
    /// <param name="tags">Tags to select it by. Default: none.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddNativePlugins(
        this IHealthChecksBuilder builder, string name = "native_plugins", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<PluginsHealthCheck>(name, failureStatus, tags ?? []);
    }
}
