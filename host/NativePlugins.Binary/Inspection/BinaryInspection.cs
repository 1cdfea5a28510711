using NativePlugins.Binary.Files;

namespace NativePlugins.Binary;

/// <summary>
/// What a binary file says about itself, in one model for ELF, Mach-O and PE, and whether it can be loaded. Immutable. Names and texts from
/// the file are untrusted: they are unchanged here, and need escaping before they are shown.
/// </summary>
public sealed record BinaryInspection
{
    /// <summary>The absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it may be loaded. Always known, even if nothing else is.</summary>
    public required BinaryVerdict Verdict { get; init; }

    /// <summary>In bytes; null if the file cannot be read at all.</summary>
    public long? Size { get; init; }

    /// <summary>Null if it is in none of the three formats, or malformed. Then all the properties below are empty too.</summary>
    public BinaryFormat? Format { get; init; }

    /// <summary>32 or 64; 0 if unknown.</summary>
    public int Bits { get; init; }

    /// <summary>The byte order.</summary>
    public bool IsLittleEndian { get; init; }

    /// <summary>In the format's own word: <c>x86-64</c>, <c>AArch64</c>, <c>arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The operating system: <c>Linux</c>, <c>macOS</c>, <c>Windows</c>.</summary>
    public string? System { get; init; }

    /// <summary>The C library that it was linked with, judged by what it needs: <c>glibc</c> or <c>musl</c> on Linux; else null.</summary>
    public string? CLibrary { get; init; }

    /// <summary>What the file is for.</summary>
    public BinaryKind? Kind { get; init; }

    /// <summary>The name under which other libraries ask for it: DT_SONAME, LC_ID_DYLIB, the export directory's name.</summary>
    public string? Identity { get; init; }

    /// <summary>Whether it exports <see cref="BinaryInspectionOptions.EntryPoint"/>; false if no such function was given.</summary>
    public bool ExportsEntry { get; init; }

    /// <summary>The libraries that it needs, directly or through others, each once, in the order in which the loader searches them.</summary>
    public IReadOnlyList<BinaryDependency> Dependencies { get; init; } = [];

    /// <summary>Where it wants its needed libraries to be looked for.</summary>
    public IReadOnlyList<BinarySearchPath> SearchPaths { get; init; } = [];

    /// <summary>The names that it exports, in the file's order.</summary>
    public IReadOnlyList<BinarySymbol> Exports { get; init; } = [];

    /// <summary>The names that another library must define, in the file's order.</summary>
    public IReadOnlyList<BinarySymbol> Undefined { get; init; } = [];

    /// <summary>The names that it or its dependencies leave open, and that nothing defines.</summary>
    public IReadOnlyList<BinarySymbol> Unresolved { get; init; } = [];

    /// <summary>The parts that are mapped, and with which permissions.</summary>
    public IReadOnlyList<BinarySegment> Segments { get; init; } = [];

    /// <summary>
    /// What it needs of the block of thread-local data that every thread gets; null if that is nothing, or if its dependencies could not be
    /// resolved.
    /// </summary>
    public BinaryStaticTls? StaticTls { get; init; }

    /// <summary>
    /// What else of this process decides whether it can be loaded; null if it is for another system, if it was looked at below a root, or if
    /// its dependencies could not be resolved. Known only on Linux.
    /// </summary>
    public BinaryProcess? Process { get; init; }

    /// <summary>How many functions run when it is loaded, before its entry can be called.</summary>
    public int Constructors { get; init; }

    /// <summary>How many functions run when it is unloaded.</summary>
    public int Destructors { get; init; }

    /// <summary>Its protections against attacks; null if they could not be read.</summary>
    public BinaryHardening? Hardening { get; init; }

    /// <summary>The least versions that the system must have.</summary>
    public IReadOnlyList<BinaryRequirement> MinimumSystem { get; init; } = [];

    /// <summary>The language, runtime and compiler, as far as the file shows them.</summary>
    public BinaryToolchain? Toolchain { get; init; }

    /// <summary>The id of the build: NT_GNU_BUILD_ID, LC_UUID, the GUID of the debug file. Lower-case hexadecimal, or null.</summary>
    public string? BuildId { get; init; }

    /// <summary>The SHA-256 of the whole file, lower-case hexadecimal; null unless it was asked for.</summary>
    public string? Sha256 { get; init; }
}
