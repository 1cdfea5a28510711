using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Where dyld looks for a needed library: dyld(1), and its source, dyld/Loader.cpp ("forEachPath", "forEachResolvedAtPathVar")
/// and dyld/DyldProcessConfig.cpp ("forEachPathVariant").
/// </summary>
/// <param name="target">What a library must have been built for. dyld passes over the others.</param>
/// <param name="executable">The path of the program that loads; null if it is not known.</param>
/// <param name="libraryPath">The environment variable <c>DYLD_LIBRARY_PATH</c>.</param>
/// <param name="tryRead">Reads a file of the system whose loader this is; null where that system has none for the target.</param>
internal sealed class DyldLibrarySearch(
    BinaryTarget target, string? executable, string? libraryPath, Func<string, BinaryImage?> tryRead) : LibrarySearch
{
    private const string LoaderPath = "@loader_path";
    private const string ExecutablePath = "@executable_path";
    private const string RunPath = "@rpath/";

    // Since macOS 11 the system's libraries are in the shared cache and in no files. dyld: "mightBeInSharedCache".
    private static readonly string[] s_inSharedCache = ["/usr/lib/", "/System/Library/", "/System/iOSSupport/", "/System/DriverKit/"];

    // The one directory among these that linkers put into LC_RPATH.
    private const string SwiftInSharedCache = "/usr/lib/swift/";

    private static readonly string[] s_fallbacks = ["/usr/local/lib", "/usr/lib"];

    /// <summary>The same name can mean two files for libraries in two directories.</summary>
    public override string KeyOf(string name, BinaryImage neededBy, BinaryImage root) =>
        Follows(name, LoaderPath) && LoadChain.DirectoryOf(neededBy.Path) != LoadChain.DirectoryOf(root.Path)
            ? LoadChain.DirectoryOf(neededBy.Path) + name[LoaderPath.Length..]
            : name;

    public override LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched)
    {
        string leaf = name[(name.LastIndexOf('/') + 1)..];
        foreach (string directory in (libraryPath ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryFile(Join(directory, leaf), BinaryDependencyReason.DyldLibraryPath, directory, searched) is { } overriding)
            {
                return overriding;
            }
        }

        return FindAsNamed(name, neededBy, searched) ?? (neededBy.Image.IgnoresDefaultDirectories ? null : FindByLeaf(leaf, searched));
    }

    private LibraryLocation? FindAsNamed(string name, LoadChain neededBy, ICollection<string> searched)
    {
        if (name.StartsWith(RunPath, StringComparison.Ordinal))
        {
            return FindByRunPath(name[RunPath.Length..], neededBy, searched);
        }

        if (Expand(name, neededBy) is not { } path)
        {
            searched.Add(name); // The program that will load the library is not known.
            return null;
        }

        BinaryDependencyReason reason = Follows(name, LoaderPath) ? BinaryDependencyReason.LoaderPath
            : Follows(name, ExecutablePath) ? BinaryDependencyReason.ExecutablePath
            : BinaryDependencyReason.Path;
        return TryFile(path, reason, null, searched) ?? (Array.Exists(s_inSharedCache, prefix => path.StartsWith(prefix, StringComparison.Ordinal))
            ? new LibraryLocation(null, path, BinaryDependencyReason.SharedCache)
            : null);
    }

    /// <summary>LC_RPATH of the library that asks, then of the library that asked for it, and so on up to the program.</summary>
    private LibraryLocation? FindByRunPath(string tail, LoadChain neededBy, ICollection<string> searched)
    {
        LibraryLocation? inSharedCache = null;
        foreach (LoadChain link in neededBy.Links())
        {
            foreach (string element in (link.Image.RunPath ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Expand(element, link) is not { } directory)
                {
                    searched.Add(Join(element, tail));
                    continue;
                }

                string path = Join(directory, tail);
                if (TryFile(path, BinaryDependencyReason.RPath, element, searched) is { } location)
                {
                    return location;
                }

                inSharedCache ??= path.StartsWith(SwiftInSharedCache, StringComparison.Ordinal) && tail.StartsWith("libswift", StringComparison.Ordinal)
                    ? new LibraryLocation(null, path, BinaryDependencyReason.SharedCache, element)
                    : null;
            }
        }

        return inSharedCache;
    }

    /// <summary>Where dyld looks last, for libraries that were built before the SDK of macOS 13.</summary>
    private LibraryLocation? FindByLeaf(string leaf, ICollection<string> searched)
    {
        foreach (string directory in s_fallbacks)
        {
            if (TryFile(Join(directory, leaf), BinaryDependencyReason.DefaultDirectory, directory, searched) is { } location)
            {
                return location;
            }
        }

        return null;
    }

    /// <summary>Null if the path begins with the program's directory, and the program is not known.</summary>
    private string? Expand(string path, LoadChain link)
    {
        if (Follows(path, LoaderPath))
        {
            return link.Directory + path[LoaderPath.Length..];
        }

        return !Follows(path, ExecutablePath) ? path
            : executable is null ? null
            : LoadChain.DirectoryOf(executable) + path[ExecutablePath.Length..];
    }

    private LibraryLocation? TryFile(string path, BinaryDependencyReason reason, string? through, ICollection<string> searched)
    {
        searched.Add(path);
        return tryRead(path) is { } image && image.Target == target ? new LibraryLocation(image, path, reason, through) : null;
    }

    private static bool Follows(string path, string variable) =>
        path.StartsWith(variable, StringComparison.Ordinal) && (path.Length == variable.Length || path[variable.Length] == '/');

    private static string Join(string directory, string name) => directory.EndsWith('/') ? directory + name : $"{directory}/{name}";
}
