using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NativePlugins.Extensions.Hosting;
using NativePlugins.Host;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds native plugins to an application.</summary>
public static class NativePluginsServiceCollectionExtensions
{
    /// <summary>
    /// Loads native plugins when the application's host starts, before any hosted service, and stops them with it, after all
    /// of them. May be called several times: each call changes the same options.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options, after they were bound from the section <c>NativePlugins</c>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <para>
    /// Adds <see cref="PluginHost"/>, <see cref="HostedPlugins"/>, and each plugin as a keyed <see cref="Plugin"/> with its id
    /// as the key. The host does not start when the options are wrong (<see cref="OptionsValidationException"/>) or when a
    /// plugin that is required is refused (<see cref="PluginException"/>: its type says why).
    /// </para>
    /// <para>Health: <see cref="NativePluginsHealthChecksBuilderExtensions.AddNativePlugins"/>.</para>
    /// </remarks>
    public static IServiceCollection AddNativePlugins(this IServiceCollection services, Action<NativePluginsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(HostedPlugins)))
        {
            AddOnce(services);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    private static void AddOnce(IServiceCollection services)
    {
        services.AddOptions<NativePluginsOptions>()
            .BindConfiguration(NativePluginsOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<NativePluginsOptions>, NativePluginsOptionsValidator>();
        services.AddSingleton<IConfigureOptions<PluginHostOptions>, PluginHostOptionsSetup>();
        services.TryAddSingleton(provider => new PluginHost(provider.GetRequiredService<IOptions<PluginHostOptions>>().Value));
        services.AddSingleton(provider => new HostedPlugins(provider.GetRequiredService<PluginHost>()));
        services.AddKeyedSingleton(KeyedService.AnyKey, (provider, key) => provider.GetRequiredService<HostedPlugins>().Get((string)key!));
        services.AddSingleton<IHostedService, PluginsHostedService>();
    }
}
