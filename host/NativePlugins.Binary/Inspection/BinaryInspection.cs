using NativePlugins.Binary.Files;

namespace NativePlugins.Binary;

/// <summary>
/// What a binary file says about itself, one model for ELF, Mach-O and PE, and whether it can be loaded. Immutable.
/// Names and texts from the file are untrusted: they stand here as they stand there, and need escaping before they are shown.
/// </summary>
public sealed record BinaryInspection
{
    /// <summary>The absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it may be loaded. Always known, also where nothing else is.</summary>
    public required BinaryVerdict Verdict { get; init; }

    /// <summary>In bytes; null if the file cannot be read at all.</summary>
    public long? Size { get; init; }

    /// <summary>Null if it is none of the three formats, or malformed. Then all that follows is empty too.</summary>
    public BinaryFormat? Format { get; init; }

    /// <summary>32 or 64; 0 if unknown.</summary>
    public int Bits { get; init; }

    /// <summary>The byte order.</summary>
    public bool IsLittleEndian { get; init; }

    /// <summary>In the format's own word: <c>x86-64</c>, <c>AArch64</c>, <c>arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The operating system: <c>Linux</c>, <c>macOS</c>, <c>Windows</c>.</summary>
    public string? System { get; init; }

    /// <summary>The C library that it was linked with, as far as what it needs says: <c>glibc</c> or <c>musl</c> on Linux; else null.</summary>
    public string? CLibrary { get; init; }

    /// <summary>What the file is for.</summary>
    public BinaryKind? Kind { get; init; }

    /// <summary>The name under which other libraries ask for it: DT_SONAME, LC_ID_DYLIB, the export directory's name.</summary>
    public string? Identity { get; init; }

    /// <summary>Whether it exports <see cref="BinaryInspectionOptions.EntryPoint"/>; false where none was asked for.</summary>
    public bool ExportsEntry { get; init; }

    /// <summary>What it needs, directly or through others, each once, in the order in which the loader searches them.</summary>
    public IReadOnlyList<BinaryDependency> Dependencies { get; init; } = [];

    /// <summary>Where it wants needed libraries to be looked for.</summary>
    public IReadOnlyList<BinarySearchPath> SearchPaths { get; init; } = [];

    /// <summary>The names that it exports, in the file's order.</summary>
    public IReadOnlyList<BinarySymbol> Exports { get; init; } = [];

    /// <summary>The names that it leaves open, in the file's order.</summary>
    public IReadOnlyList<BinarySymbol> Undefined { get; init; } = [];

    /// <summary>The names, its own and its dependencies', that are left open and that nothing defines.</summary>
    public IReadOnlyList<BinarySymbol> Unresolved { get; init; } = [];

    /// <summary>What is mapped, with which permissions.</summary>
    public IReadOnlyList<BinarySegment> Segments { get; init; } = [];

    /// <summary>What it needs of each thread's own block; null where that is nothing, or it could not be resolved.</summary>
    public BinaryStaticTls? StaticTls { get; init; }

    /// <summary>How many functions run when it is loaded, before its entry can be called.</summary>
    public int Constructors { get; init; }

    /// <summary>How many functions run when it is unloaded.</summary>
    public int Destructors { get; init; }

    /// <summary>What it does against being taken over; null if it could not be read.</summary>
    public BinaryHardening? Hardening { get; init; }

    /// <summary>What the system must at least have.</summary>
    public IReadOnlyList<BinaryRequirement> MinimumSystem { get; init; } = [];

    /// <summary>The language, runtime and compiler, as far as the file shows them.</summary>
    public BinaryToolchain? Toolchain { get; init; }

    /// <summary>The build's own number: NT_GNU_BUILD_ID, LC_UUID, the GUID of the debug file. Lower-case hexadecimal, or null.</summary>
    public string? BuildId { get; init; }

    /// <summary>The SHA-256 of the whole file, lower-case hexadecimal; null unless it was asked for.</summary>
    public string? Sha256 { get; init; }
}
