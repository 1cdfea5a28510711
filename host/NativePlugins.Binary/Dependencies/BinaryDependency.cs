namespace NativePlugins.Binary;

/// <summary>A library that a file needs, directly or through others.</summary>
public sealed record BinaryDependency
{
    /// <summary>The name under which it is asked for: untrusted text.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the file itself asks for it.</summary>
    public required bool IsDirect { get; init; }

    /// <summary>Whether it may be missing: LC_LOAD_WEAK_DYLIB of Mach-O. Default: false.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Whether it is loaded at the first call into it only: the delay-load imports of PE. Default: false.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>The library that asks first, in the loader's order: the path of the file, or of another dependency.</summary>
    public required string NeededBy { get; init; }

    /// <summary>The path that it resolves to; null if it is missing, an API set, or the file is for another system.</summary>
    public string? Resolved { get; init; }

    /// <summary>Why it resolves to that path, or does not.</summary>
    public required BinaryDependencyReason Reason { get; init; }

    /// <summary>The element of a search path through which it was found, as it stands there; null where that says nothing.</summary>
    public string? FoundThrough { get; init; }

    /// <summary>Every place that was searched, in order; empty where it was found.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>The versions that the file itself needs of it.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>What it needs itself, in its order: each the <see cref="Name"/> of another dependency, however it spells that.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

/// <summary>
/// Why a needed library resolves to a path, or does not: ld.so(8), dyld(1), Microsoft's "Dynamic-link library search order".
/// </summary>
public enum BinaryDependencyReason
{
    /// <summary>It is in none of the places that are searched.</summary>
    Missing,

    /// <summary>The file is for another system than this one, which therefore cannot tell.</summary>
    Foreign,

    /// <summary>It is asked for by a path.</summary>
    Path,

    /// <summary>DT_RPATH, or <c>@rpath</c> and LC_RPATH, of the library that asks, or of one that asked for that.</summary>
    RPath,

    /// <summary>The environment variable <c>LD_LIBRARY_PATH</c>.</summary>
    LibraryPath,

    /// <summary>DT_RUNPATH of the library that asks.</summary>
    RunPath,

    /// <summary>The loader's cache, <c>/etc/ld.so.cache</c>.</summary>
    Cache,

    /// <summary>A directory that is compiled into the loader.</summary>
    DefaultDirectory,

    /// <summary>The system's loader itself.</summary>
    Loader,

    /// <summary>This process has a library of that name loaded, which is used whatever lies elsewhere.</summary>
    AlreadyLoaded,

    /// <summary>macOS: the environment variable <c>DYLD_LIBRARY_PATH</c>.</summary>
    DyldLibraryPath,

    /// <summary>macOS: <c>@loader_path</c>, the directory of the library that asks.</summary>
    LoaderPath,

    /// <summary>macOS: <c>@executable_path</c>, the directory of the program.</summary>
    ExecutablePath,

    /// <summary>macOS: the shared cache of the system's libraries, which are in no files. Known by its directories.</summary>
    SharedCache,

    /// <summary>Windows: an API set, <c>api-ms-win-…</c> or <c>ext-ms-…</c>: a part of Windows, in a library that it chooses. Has no path.</summary>
    ApiSet,

    /// <summary>Windows: one of the KnownDLLs, which come from the system directory whatever lies elsewhere.</summary>
    KnownDll,

    /// <summary>Windows: the directory of the library that is loaded (LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR).</summary>
    LoadDirectory,

    /// <summary>Windows: the system directory (LOAD_LIBRARY_SEARCH_SYSTEM32).</summary>
    SystemDirectory,
}
