using System.Collections.Immutable;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Model;

/// <summary>What a library's file says about itself: one model for ELF, Mach-O and PE.</summary>
internal sealed record BinaryImage
{
    /// <summary>The path as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>The status of the very file that was read, by which it can be told whether the path still leads to that file.</summary>
    public required FileStatus Status { get; init; }

    public required BinaryTarget Target { get; init; }

    public required BinaryKind Kind { get; init; }

    public BinaryFormat Format => Target.Format;

    /// <summary>In the format's own word: <c>x86-64</c>, <c>AArch64</c>, <c>arm64</c>.</summary>
    public string Architecture => Target.Architecture;

    /// <summary>32 or 64.</summary>
    public int Bits => Target.Bits;

    public bool IsLittleEndian => Target.IsLittleEndian;

    /// <summary>The name under which other libraries ask for it: DT_SONAME, LC_ID_DYLIB, the export directory's name.</summary>
    public string? Soname { get; init; }

    /// <summary>The libraries that it asks for, in the file's order.</summary>
    public IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>Those of <see cref="Needed"/> that may be missing: LC_LOAD_WEAK_DYLIB.</summary>
    public IReadOnlySet<string> WeakNeeded { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Those of <see cref="Needed"/> that are loaded at the first call into them: the delay-load import table.</summary>
    public IReadOnlySet<string> DelayedNeeded { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Those of <see cref="Needed"/> whose exports count as its own: LC_REEXPORT_DYLIB.</summary>
    public IReadOnlySet<string> ReexportedNeeded { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Libraries that are loaded together with it, and searched for names before it: DT_FILTER, DT_AUXILIARY.</summary>
    public IReadOnlyList<ElfFilter> Filters { get; init; } = [];

    /// <summary>DT_RUNPATH, or LC_RPATH joined by colons, as it stands in the file.</summary>
    public string? RunPath { get; init; }

    /// <summary>DT_RPATH, as it stands in the file.</summary>
    public string? RPath { get; init; }

    /// <summary>Whether its dependencies are not looked for in the loader's own directories: DF_1_NODEFLIB; on macOS, an SDK of macOS 13 or later.</summary>
    public bool IgnoresDefaultDirectories { get; init; }

    /// <summary>
    /// The C library that it was linked with, judged by what it needs: <c>glibc</c> or <c>musl</c>; else null. musl calls itself
    /// libc.musl-x86_64.so.1 on Alpine Linux, and libc.so if musl's own compiler links; glibc is libc.so.6. Android's libc.so comes with
    /// the libraries libdl.so and libm.so.
    /// </summary>
    public string? CLibrary => Target.System != "Linux" || Needed.Contains("libdl.so") || Needed.Contains("libm.so") ? null
        : Needed.Contains("libc.so.6") ? "glibc"
        : Needed.Any(static name => name == "libc.so" || name.StartsWith("libc.musl-", StringComparison.Ordinal) || name.StartsWith("ld-musl-", StringComparison.Ordinal)) ? "musl"
        : null;

    /// <summary>
    /// The definitions that it shares with every other library of the process that has them too: the first one loaded counts. Read only for
    /// a library that this process could load.
    /// </summary>
    public IReadOnlyList<UniqueSymbol> UniqueSymbols { get; init; } = [];

    /// <summary>Whether loading it makes the process's stacks executable.</summary>
    public bool WantsExecutableStack { get; init; }

    /// <summary>Whether it says that no program may open it while it runs: DF_1_NOOPEN.</summary>
    public bool ForbidsOpening { get; init; }

    /// <summary>The levels of x86-64 that it says it needs, one bit for each level from the first on; mostly 0.</summary>
    public uint ProcessorLevels { get; init; }

    /// <summary>Whether it has DT_RELR, but does not need the version of the C library that announces it.</summary>
    public bool LacksRelocationMarker { get; init; }

    /// <summary>Its thread-local data; null if it has none, or the format is not ELF.</summary>
    public ElfTls? Tls { get; init; }

    /// <summary>Whether the entry that was looked for is exported.</summary>
    public bool ExportsEntry { get; init; }

    /// <summary>What was found instead of an exported entry, or null.</summary>
    public string? EntryProblem { get; init; }

    /// <summary>The other versions of the entry that are exported. Looked for only if the entry itself is not exported.</summary>
    public IReadOnlyList<uint> OtherEntryVersions { get; init; } = [];

    /// <summary>Whether it carries a NativeAOT runtime that can be recognised: it exports <c>DotNetRuntimeDebugHeader</c>.</summary>
    public bool IsNativeAot { get; init; }
}
