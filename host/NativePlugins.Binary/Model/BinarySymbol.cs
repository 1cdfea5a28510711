using NativePlugins.Binary.Text;

namespace NativePlugins.Binary;

/// <summary>A name that a library exports or leaves open.</summary>
/// <param name="Name">As it stands in the file: untrusted text.</param>
/// <param name="Version">The symbol's version (GNU symbol versioning), or null.</param>
/// <param name="IsWeak">Whether an open name may stay unresolved.</param>
/// <param name="Library">The library that must define an open name, as far as the file says which; else null.</param>
public readonly record struct BinarySymbol(string Name, string? Version, bool IsWeak, string? Library)
{
    /// <summary>Whether references that name no version are bound to this version. True for every name without a version. Default: true.</summary>
    public bool IsDefaultVersion { get; init; } = true;

    /// <summary>
    /// ELF: whether it is bound as STB_GNU_UNIQUE. Then glibc's loader uses the first definition of the name in the process, in every
    /// library that has one. Default: false.
    /// </summary>
    public bool IsUnique { get; init; }

    /// <summary>
    /// PE: the number under which it is exported or imported; a symbol without a name is called <c>#12</c>. Null in other formats, and for
    /// a symbol that is imported by name. Range: 0 to 65,535.
    /// </summary>
    public int? Ordinal { get; init; }

    /// <summary>
    /// PE: the function to which an export is forwarded, as <c>library.name</c> or <c>library.#12</c>: untrusted text. Null for every other
    /// name.
    /// </summary>
    public string? Forwarder { get; init; }

    /// <summary><c>name@VERSION</c>, escaped.</summary>
    internal string Describe() => UntrustedText.Escape(Version is null ? Name : $"{Name}@{Version}");
}
