using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Extensions.Hosting.Tests;

/// <summary>An application around a private directory of plugins, with nothing in its configuration but what is given.</summary>
internal sealed class Application : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Lazy<IHost> _host;

    public Application()
    {
        Builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        Builder.Services.AddSingleton<ILoggerFactory>(Loggers);
        Builder.Services.AddNativePlugins(options =>
        {
            options.SearchEnvironment = false;
            options.SearchHostDirectory = false;
            options.Directories.Add(_scratch.Root);
        });
        _host = new Lazy<IHost>(Builder.Build);
    }

    public HostApplicationBuilder Builder { get; }

    public RecordingLoggers Loggers { get; } = new();

    public IHost Host => _host.Value;

    public HostedPlugins Plugins => Host.Services.GetRequiredService<HostedPlugins>();

    public IEnumerable<string> Ids => Plugins.All.Select(plugin => plugin.Description.Id);

    public Application With(string fixture)
    {
        _scratch.Fixture(fixture);
        return this;
    }

    public Application WithManifest(string fixture, string version)
    {
        _scratch.Write($"lib{fixture}.plugin.json", $$"""
            { "manifestVersion": 1, "id": "{{fixture}}", "name": "Fixture {{fixture}}", "version": "{{version}}", "abi": "1.0", "services": ["np.command/1"], "language": "C", "runtime": "none" }
            """);
        return this;
    }

    public Application Configured(params (string Key, string Value)[] settings)
    {
        Builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return this;
    }

    public Application Configured(Action<NativePluginsOptions> configure)
    {
        Builder.Services.AddNativePlugins(configure);
        return this;
    }

    public Application Started()
    {
        Host.Start();
        return this;
    }

    public void Dispose()
    {
        if (_host.IsValueCreated)
        {
            _host.Value.Dispose();
        }

        Loggers.Dispose();
        _scratch.Dispose();
    }
}
