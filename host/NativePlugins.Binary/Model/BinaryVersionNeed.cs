namespace NativePlugins.Binary;

/// <summary>A version that a library needs of another one.</summary>
/// <param name="Library">The other one, as it stands in the file: untrusted text.</param>
/// <param name="Version">For example <c>GLIBC_2.34</c>: untrusted text.</param>
/// <param name="IsWeak">Whether the loader does without.</param>
public readonly record struct BinaryVersionNeed(string Library, string Version, bool IsWeak);
