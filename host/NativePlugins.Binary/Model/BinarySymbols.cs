namespace NativePlugins.Binary.Model;

/// <summary>The names of a library, for diagnosis.</summary>
internal sealed record BinarySymbols
{
    public required IReadOnlyList<BinarySymbol> Exports { get; init; }

    public required IReadOnlyList<BinarySymbol> Undefined { get; init; }

    /// <summary>The versions that it defines; empty where it has none.</summary>
    public IReadOnlySet<string> DefinedVersions { get; init; } = new HashSet<string>();

    /// <summary>Whether it has versions, even if the system's loader would find none of them.</summary>
    public bool HasVersions { get; init; }

    /// <summary>The versions that it needs of other libraries.</summary>
    public IReadOnlyList<BinaryVersionNeed> NeededVersions { get; init; } = [];
}
