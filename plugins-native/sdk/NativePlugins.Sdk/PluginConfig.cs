using System.Collections;
using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk;

/// <summary>
/// The plugin's own settings: its section of the host's configuration. Keys are case-insensitive, and levels are
/// separated by ':' ("Output:Format"). Enumerating gives all of them, in the order of their keys, as they are now.
/// </summary>
/// <remarks>Safe for several threads at once.</remarks>
public sealed class PluginConfig : IEnumerable<KeyValuePair<string, string>>
{
    private readonly HostTable _host;

    internal PluginConfig(HostTable host) => _host = host;

    /// <summary>Reads a setting.</summary>
    /// <returns>The value, or null when it is not set.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="PluginHostException">The host has the setting but could not hand it over.</exception>
    public string? Get(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ConfigService.Get(_host, key);
    }

    /// <summary>Reads a setting that the plugin cannot do without.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="PluginConfigurationException">It is not set. The host names the key to its user.</exception>
    /// <exception cref="PluginHostException">The host has the setting but could not hand it over.</exception>
    public string GetRequired(string key) =>
        Get(key) ?? throw new PluginConfigurationException(key, $"The setting '{key}' is required and not set.");

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ConfigService.List(_host).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
