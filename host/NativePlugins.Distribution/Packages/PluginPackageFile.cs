namespace NativePlugins.Distribution;

/// <summary>One file, as a package's statement or the lock file states it.</summary>
/// <param name="Path">Relative, with <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record PluginPackageFile(string Path, long Size, string Sha256);
