using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>Where a needed library was found, and why there.</summary>
/// <param name="Image">The library; null if the system has it, but not in a file that could be read.</param>
/// <param name="Path">As the loader puts it together: symbolic links and <c>..</c> stay in it. Null where the system decides.</param>
/// <param name="Reason">The rule by which it was found.</param>
/// <param name="Through">The element of a search path, as it is written there; null if it was not found through one.</param>
internal sealed record LibraryLocation(BinaryImage? Image, string? Path, BinaryDependencyReason Reason, string? Through = null)
{
    /// <summary>Why the file there cannot be loaded. The loader stops at it, and there is no library. Else null.</summary>
    public BinaryReason? Problem { get; init; }

    /// <summary>A place relative to the current directory through which it was found, or which was searched before. Mostly null.</summary>
    public string? RelativePlace { get; init; }

    /// <summary>Whether this process has it mapped.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The file that would have been found if no library of that name had been loaded.</summary>
    public LibraryLocation? Displaced { get; init; }

    /// <summary>Whether a file of the plugin says where the library is. Otherwise the system does.</summary>
    public bool IsPrivate => Reason is BinaryDependencyReason.RPath or BinaryDependencyReason.RunPath or BinaryDependencyReason.Path;
}

/// <summary>
/// Where a system's loader looks for a needed library, in its order. Files are read only through a function that is passed in, so that it
/// can follow the loader of any system on any system.
/// </summary>
internal abstract class LibrarySearch
{
    /// <summary>How names of libraries are compared.</summary>
    public virtual StringComparer NameComparer => StringComparer.Ordinal;

    /// <summary>
    /// A key for the library that a file means by a name, as two files can mean two libraries by one name. Mostly it is the name itself.
    /// </summary>
    public virtual string KeyOf(string name, BinaryImage neededBy, BinaryImage root) => name;

    /// <summary>The library, or null if it was not found.</summary>
    /// <param name="name">As it is in the file.</param>
    /// <param name="neededBy">The library that asks for it, and those that led to that library.</param>
    /// <param name="searched">Receives every place that was searched.</param>
    public abstract LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched);
}
