namespace NativePlugins.Host;

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

    /// <summary>The path that it resolves to; null if it is missing, or the file is for another system.</summary>
    public string? Resolved { get; init; }

    /// <summary>Why it resolves to that path, or does not.</summary>
    public required BinaryDependencyReason Reason { get; init; }

    /// <summary>The element of a search path through which it was found, as it stands there; null where that says nothing.</summary>
    public string? FoundThrough { get; init; }

    /// <summary>Every place that was searched, in order; empty where it was found.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>The versions that the file itself needs of it.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The names that it needs itself, in its order.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

/// <summary>Why a needed library resolves to a path, or does not: ld.so(8), "DESCRIPTION".</summary>
public enum BinaryDependencyReason
{
    /// <summary>It is in none of the places that are searched.</summary>
    Missing,

    /// <summary>The file is for another system than this one, which therefore cannot tell.</summary>
    Foreign,

    /// <summary>It is asked for by a path.</summary>
    Path,

    /// <summary>DT_RPATH of the library that asks, or of one that asked for that.</summary>
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
}
