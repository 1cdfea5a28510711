using System.Diagnostics.CodeAnalysis;
using NativePlugins.Contracts;
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

    /// <summary>Finds an object that the application offers by its contract.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <param name="contract">What calls go through, until the plugin is disposed.</param>
    /// <returns>False when the application offers none.</returns>
    /// <exception cref="PluginHostException">The application was compiled with another contract of that id.</exception>
    public bool TryGet<T>([NotNullWhen(true)] out T? contract)
        where T : class, IPluginContract<T>
    {
        contract = _host.FindContract<T>();
        return contract is not null;
    }

    /// <summary>Finds an object that the application offers by its contract.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <returns>What calls go through, until the plugin is disposed.</returns>
    /// <exception cref="PluginHostException">The application offers none, or was compiled with another contract of that id.</exception>
    public T Get<T>()
        where T : class, IPluginContract<T> =>
        TryGet(out T? contract)
            ? contract
            : throw new PluginHostException($"The application does not offer {T.Descriptor.ServiceId}.");
}
