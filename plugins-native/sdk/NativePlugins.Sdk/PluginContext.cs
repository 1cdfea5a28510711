using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk;

/// <summary>What the host gives a plugin: log, settings, directories. Valid until the plugin is disposed.</summary>
/// <remarks>All members may be used by several threads at once, and do without what the host lacks.</remarks>
public sealed class PluginContext
{
    private readonly HostTable _host;

    internal PluginContext(HostTable host)
    {
        _host = host;
        Log = new PluginLog(host, category: "");
        Config = new PluginConfig(host);
        Paths = new PluginPaths(host);
    }

    /// <summary>The host's log. A host without one drops what is written.</summary>
    public PluginLog Log { get; }

    /// <summary>The plugin's own settings. A host without any gives an empty set.</summary>
    public PluginConfig Config { get; }

    /// <summary>The plugin's directories.</summary>
    public PluginPaths Paths { get; }

    /// <summary>The application that loaded the plugin; empty when it does not say.</summary>
    public string HostName => _host.Name;

    /// <summary>The version of the application that loaded the plugin; empty when it does not say.</summary>
    public string HostVersion => _host.Version;
}
