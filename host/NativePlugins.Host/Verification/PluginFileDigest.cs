namespace NativePlugins.Host;

/// <summary>A file of a plugin, as it must be. Immutable.</summary>
/// <param name="Path">Relative to the directory of the plugin's library, with <c>/</c> as separator.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hexadecimal.</param>
public sealed record PluginFileDigest(string Path, long Size, string Sha256);
