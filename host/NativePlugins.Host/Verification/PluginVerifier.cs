namespace NativePlugins.Host;

/// <summary>Says of which bytes the files of plugins must consist (<see cref="PluginHostOptions.Verifier"/>).</summary>
/// <remarks>
/// What is installed from packages has them in its lock file: <c>InstalledPluginVerifier</c> of NativePlugins.Distribution knows it. Another
/// verifier can have them from anywhere. Hosts call it from any thread, several at once.
/// </remarks>
public abstract class PluginVerifier
{
    /// <summary>Called for each load and each reload, when the library is found and before any file of the plugin is read.</summary>
    /// <param name="installedPath">Where the library was found: absolute, with symbolic links in it.</param>
    /// <param name="libraryPath">Where that leads to now: absolute, without symbolic links. The plugin's other files are beside this one.</param>
    /// <returns>The files of which the plugin may consist, the library among them; null if this plugin is loaded as it is.</returns>
    /// <exception cref="PluginException">The plugin must not be loaded.</exception>
    public abstract IReadOnlyList<PluginFileDigest>? Find(string installedPath, string libraryPath);
}
