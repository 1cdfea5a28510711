using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>Where a needed library was found, and why there.</summary>
/// <param name="Image">The library; null where the system has it, but in no file that could be read.</param>
/// <param name="Path">
/// As the loader puts it together: symbolic links and <c>..</c> in it are left as they are. Null where the system decides.
/// </param>
/// <param name="Reason">The rule that led there.</param>
/// <param name="Through">The element of a search path, as it stands there; null where that says nothing.</param>
internal sealed record LibraryLocation(BinaryImage? Image, string? Path, BinaryDependencyReason Reason, string? Through = null)
{
    /// <summary>Why what lies there cannot be loaded: the loader stops at it. Then there is no library.</summary>
    public BinaryReason? Problem { get; init; }

    /// <summary>The place relative to the current directory through which it was found, or which was searched before it; mostly null.</summary>
    public string? RelativePlace { get; init; }

    /// <summary>Whether this process has it mapped.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The file that would have been found, if none of that name were loaded.</summary>
    public LibraryLocation? Instead { get; init; }

    /// <summary>Whether a file of the plugin's says where it is, and not the system.</summary>
    public bool IsPrivate => Reason is BinaryDependencyReason.RPath or BinaryDependencyReason.RunPath or BinaryDependencyReason.Path;
}

/// <summary>
/// Where a system's loader looks for a needed library, in its order. Sees files only through a function that it is given, so
/// that it can follow any system's loader on any system.
/// </summary>
internal abstract class LibrarySearch
{
    /// <summary>How names of libraries are compared.</summary>
    public virtual StringComparer Names => StringComparer.Ordinal;

    /// <summary>What tells apart the libraries that two files mean by the same name. Mostly the name itself.</summary>
    public virtual string KeyOf(string name, BinaryImage neededBy, BinaryImage root) => name;

    /// <summary>The library; or null, and every place where it was looked for.</summary>
    /// <param name="name">As it stands in the file.</param>
    /// <param name="neededBy">Which library asks for it, and who asked for that one.</param>
    /// <param name="searched">Is given the places.</param>
    public abstract LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched);
}
