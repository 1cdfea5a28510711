namespace NativePlugins.Host;

/// <summary>What a plugin's library says about itself. It has been checked.</summary>
/// <param name="Id">Unique: <c>[a-z0-9][a-z0-9_.-]*</c>, at most 64 characters.</param>
/// <param name="Name">The name for people, unchanged: untrusted text, 1 to 256 bytes of UTF-8.</param>
/// <param name="Version">A semantic version (SemVer 2.0.0).</param>
/// <param name="AbiVersion">The version of the ABI that the plugin was built for. Its major version is the host's.</param>
/// <param name="Language">The programming language, unchanged; may be empty.</param>
/// <param name="Runtime">What the library brings into the process besides its own code.</param>
/// <param name="RuntimeVersion">The version of that runtime, unchanged; may be empty.</param>
/// <param name="MayUnload">Whether the plugin allows its library to be unmapped.</param>
public sealed record PluginDescription(
    string Id,
    string Name,
    string Version,
    Version AbiVersion,
    string Language,
    PluginRuntime Runtime,
    string RuntimeVersion,
    bool MayUnload);
