namespace NativePlugins.Binary;

/// <summary>A version that a library needs of another library.</summary>
/// <param name="Library">The other library, as the file names it: untrusted text.</param>
/// <param name="Version">For example <c>GLIBC_2.34</c>: untrusted text.</param>
/// <param name="IsWeak">Whether the loader accepts that the version is missing.</param>
public readonly record struct BinaryVersionNeed(string Library, string Version, bool IsWeak);
