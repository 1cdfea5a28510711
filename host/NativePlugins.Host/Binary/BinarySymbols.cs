namespace NativePlugins.Host;

/// <summary>A name that a library exports or leaves open.</summary>
/// <param name="Name">As it stands in the file: untrusted text.</param>
/// <param name="Version">The symbol's version (GNU symbol versioning), or null.</param>
/// <param name="IsWeak">Whether an open name may stay unresolved.</param>
/// <param name="Library">The library that must define an open name's version, or null.</param>
internal readonly record struct BinarySymbol(string Name, string? Version, bool IsWeak, string? Library)
{
    /// <summary><c>name@VERSION</c>, escaped.</summary>
    public string Describe() => UntrustedText.Escape(Version is null ? Name : $"{Name}@{Version}");
}

/// <summary>The names of a library, for diagnosis.</summary>
internal sealed record BinarySymbols
{
    public required IReadOnlyList<BinarySymbol> Exports { get; init; }

    public required IReadOnlyList<BinarySymbol> Undefined { get; init; }

    /// <summary>The versions that it defines; empty where it has none.</summary>
    public IReadOnlySet<string> DefinedVersions { get; init; } = new HashSet<string>();
}
