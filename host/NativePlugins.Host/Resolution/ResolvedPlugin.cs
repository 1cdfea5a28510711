namespace NativePlugins.Host.Resolution;

/// <summary>The library that a name or path stands for.</summary>
/// <param name="Path">Absolute, without symbolic links.</param>
/// <param name="Stem">The file name without prefix and extension.</param>
/// <param name="Directory">The directory of <paramref name="Path"/>, in which the plugin's other files are.</param>
/// <param name="InstalledPath">Absolute, as it was found: its last part may be a symbolic link to <paramref name="Path"/>.</param>
internal sealed record ResolvedPlugin(string Path, string Stem, string Directory, string InstalledPath);
