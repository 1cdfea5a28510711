using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NativePlugins.Contracts;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>Gives the library what the application has: the options, its configuration, log and name.</summary>
internal sealed class PluginHostOptionsSetup(
    IOptions<NativePluginsOptions> plugins, IConfiguration configuration, ILoggerFactory loggers, IHostEnvironment environment, PluginVerifier? verifier = null)
    : IConfigureOptions<PluginHostOptions>
{
    public void Configure(PluginHostOptions options)
    {
        NativePluginsOptions from = plugins.Value;
        foreach (string directory in from.Directories)
        {
            options.Directories.Add(directory);
        }

        options.SearchEnvironment = from.SearchEnvironment;
        options.SearchHostDirectory = from.SearchHostDirectory;
        options.SearchUserDirectory = from.SearchUserDirectory;
        options.AllowUntrustedDirectories = from.AllowUntrustedDirectories;
        options.AllowExecutableStack = from.AllowExecutableStack;
        options.AllowSharedSymbols = from.AllowSharedSymbols;
        options.Verifier = verifier;
        options.LifecycleDeadline = from.LifecycleDeadline;
        options.DrainDeadline = from.DrainDeadline;
        options.MaxResidentImages = from.MaxResidentImages;
        options.WarnResidentImages = from.WarnResidentImages;
        options.Isolation = PluginIsolation.TryParse(from.Isolation, out PluginIsolation? isolation) ? isolation : options.Isolation;
        options.Worker = from.Worker;
        options.Reload = from.Reload;
        options.Development.AllowManaged = from.Development.AllowManaged || environment.IsDevelopment();
        options.DataLimits = new PluginDataLimits { Depth = from.DataLimits.Depth, Bytes = from.DataLimits.Bytes };
        options.DataDirectory = from.DataDirectory;
        options.Configuration = configuration;
        options.LoggerFactory = loggers;
        options.ApplicationName = environment.ApplicationName;
        options.ApplicationVersion = Assembly.GetEntryAssembly()?.GetName().Version?.ToString() ?? "";
    }
}
