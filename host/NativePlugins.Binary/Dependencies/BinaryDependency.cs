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

    /// <summary>Whether it is loaded only at the first call into it: the delay-load imports of PE. Default: false.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>The library that asks for it first, in the loader's order: the path of the file itself, or of another dependency.</summary>
    public required string NeededBy { get; init; }

    /// <summary>The path that it resolves to. Null if it is missing, if it is an API set, or if the file is for another system.</summary>
    public string? Resolved { get; init; }

    /// <summary>Why it resolves to that path, or does not.</summary>
    public required BinaryDependencyReason Reason { get; init; }

    /// <summary>The element of a search path through which it was found, as it is written there; null if it was not found through one.</summary>
    public string? FoundThrough { get; init; }

    /// <summary>Every place that was searched, in order; empty where it was found.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>The versions that the file itself needs of it.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Its own needs, in its order. Each is the <see cref="Name"/> of another dependency, however this library spells that name.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

/// <summary>
/// Why a needed library resolves to a path, or does not: ld.so(8), dyld(1), Microsoft's "Dynamic-link library search order".
/// </summary>
public enum BinaryDependencyReason
{
    /// <summary>It is in none of the places that are searched.</summary>
    Missing,

    /// <summary>The file is for another system, whose loader is not followed here.</summary>
    Foreign,

    /// <summary>It is asked for by a path.</summary>
    Path,

    /// <summary>DT_RPATH, or <c>@rpath</c> and LC_RPATH, of the library that asks, or of a library that led to it.</summary>
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

    /// <summary>This process has loaded a library of that name already, and that one is used.</summary>
    AlreadyLoaded,

    /// <summary>macOS: the environment variable <c>DYLD_LIBRARY_PATH</c>.</summary>
    DyldLibraryPath,

    /// <summary>macOS: <c>@loader_path</c>, the directory of the library that asks.</summary>
    LoaderPath,

    /// <summary>macOS: <c>@executable_path</c>, the directory of the program.</summary>
    ExecutablePath,

    /// <summary>macOS: the shared cache, which holds the system's libraries in place of files. Recognised by their directories.</summary>
    SharedCache,

    /// <summary>
    /// Windows: an API set, <c>api-ms-win-…</c> or <c>ext-ms-…</c>: the name of a part of Windows, which chooses the library itself. Has no
    /// path.
    /// </summary>
    ApiSet,

    /// <summary>Windows: one of the KnownDLLs, which always come from the system directory.</summary>
    KnownDll,

    /// <summary>Windows: the directory of the library that is loaded (LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR).</summary>
    LoadDirectory,

    /// <summary>Windows: the system directory (LOAD_LIBRARY_SEARCH_SYSTEM32).</summary>
    SystemDirectory,
}
