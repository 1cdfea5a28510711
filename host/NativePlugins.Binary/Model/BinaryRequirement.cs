namespace NativePlugins.Binary;

/// <summary>The least version of a part of the system that a file needs.</summary>
/// <param name="Name"><c>GLIBC</c>, <c>GLIBCXX</c>, <c>CXXABI</c>, <c>GCC</c>, <c>Linux</c>, <c>macOS</c>, <c>Windows</c> and the like.</param>
/// <param name="Version">For example <c>2.34</c>.</param>
public sealed record BinaryRequirement(string Name, string Version);

/// <summary>What a file was made with, as far as it shows. All texts are untrusted.</summary>
/// <param name="Language"><c>C</c>, <c>C++</c>, <c>C#</c>, <c>Go</c>, <c>Rust</c>, or null.</param>
/// <param name="Runtime"><c>.NET NativeAOT</c>, <c>Go</c>, or null for none that is known.</param>
/// <param name="RuntimeVersion">The runtime's version, or null.</param>
/// <param name="Compiler">The compiler in its own words, or null.</param>
public sealed record BinaryToolchain(string? Language, string? Runtime, string? RuntimeVersion, string? Compiler);

/// <summary>One directory of a list in the file that the system's loader searches for needed libraries.</summary>
/// <param name="Kind"><c>RPATH</c>, <c>RUNPATH</c> or <c>LC_RPATH</c>.</param>
/// <param name="Directory">The directory as it is in the file, with <c>$ORIGIN</c> and the like not filled in: untrusted text.</param>
public sealed record BinarySearchPath(string Kind, string Directory);
