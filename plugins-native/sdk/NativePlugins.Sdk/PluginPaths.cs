using NativePlugins.Abi;
using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk;

/// <summary>The plugin's directories, as absolute paths without a separator at the end.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public sealed class PluginPaths
{
    private readonly HostTable _host;

    internal PluginPaths(HostTable host) => _host = host;

    /// <summary>Where the plugin is installed: its library and the files it brought. Null when the host does not say.</summary>
    /// <exception cref="PluginHostException">The host knows the directory but could not hand it over.</exception>
    public string? Installed => PathsService.Get(_host, np.NP_PATH_INSTALLED);

    /// <summary>
    /// A directory of the plugin's own that it may write to, made when it is first asked for. Null when the host has none.
    /// </summary>
    /// <exception cref="PluginHostException">The host could not make the directory.</exception>
    public string? Data => PathsService.Get(_host, np.NP_PATH_DATA);
}
