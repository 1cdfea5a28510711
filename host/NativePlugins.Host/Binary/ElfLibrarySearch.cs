namespace NativePlugins.Host;

/// <summary>One directory to look in.</summary>
internal readonly record struct SearchDirectory(string Path, BinaryDependencyReason Reason, string? Element);

/// <summary>
/// Where the loader of a Linux system looks for a needed library, in its order: ld.so(8), "DESCRIPTION". Knows glibc's places
/// and musl's.
/// </summary>
/// <param name="target">What the libraries must have been built for.</param>
/// <param name="files">The system's files.</param>
/// <param name="isThisProcessor">Whether the system runs on this one: another's abilities are not known.</param>
/// <param name="libraryPath">What <c>LD_LIBRARY_PATH</c> is.</param>
internal sealed class ElfLibrarySearch(BinaryTarget target, LibraryFiles files, bool isThisProcessor, string? libraryPath) : LibrarySearch
{
    private readonly ElfPlatform _platform = ElfPlatform.Of(target);
    private readonly Lazy<LdSoCache?> _cache = new(() => files.ReadLoaderCache(target));
    private readonly HardwareCapabilities _capabilities = new(files, isThisProcessor);

    public override LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched)
    {
        string origin = neededBy.Directory;
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = _platform.Expand(name, origin)[0];
            searched.Add(path);
            return TryFile(path, BinaryDependencyReason.Path);
        }

        // The loader is loaded before everything else, and answers to its own name.
        if (_platform.Loader is { } loader && Path.GetFileName(loader) == name && TryFile(loader, BinaryDependencyReason.Loader) is { } itself)
        {
            return itself;
        }

        foreach (SearchDirectory directory in Directories(neededBy, origin))
        {
            searched.Add(directory.Path);
            if (FindIn(directory, name) is { } location)
            {
                return location;
            }
        }

        return neededBy.Image.IgnoresDefaultDirectories ? null : FindInSystem(name, searched);
    }

    /// <summary>The directories of a DT_RPATH or DT_RUNPATH, with what stands for the library's own directory filled in.</summary>
    private List<SearchDirectory> Split(string? list, string origin, BinaryDependencyReason reason)
    {
        var directories = new List<SearchDirectory>();
        foreach (string element in (list ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            directories.AddRange(_platform.Expand(element, origin).Select(path => new SearchDirectory(path, reason, element)));
        }

        return directories;
    }

    private LibraryLocation? FindInSystem(string name, ICollection<string> searched)
    {
        if (_cache.Value is { } cache)
        {
            searched.Add(LdSoCache.Location);
            foreach (string path in _capabilities.Order(cache.Find(name)))
            {
                if (TryFile(path, BinaryDependencyReason.Cache) is { } location)
                {
                    return location;
                }
            }
        }

        foreach (string directory in _platform.DefaultDirectories)
        {
            searched.Add(directory);
            if (FindIn(new SearchDirectory(directory, BinaryDependencyReason.DefaultDirectory, directory), name) is { } location)
            {
                return location;
            }
        }

        return null;
    }

    private IEnumerable<SearchDirectory> Directories(LoadChain neededBy, string origin)
    {
        // A library's DT_RUNPATH makes the loader ignore its DT_RPATH, and those of the libraries that asked for it.
        if (neededBy.Image.RunPath is null)
        {
            foreach (LoadChain link in neededBy.Links().Where(link => link.Image.RunPath is null))
            {
                foreach (SearchDirectory directory in Split(link.Image.RPath, link.Directory, BinaryDependencyReason.RPath))
                {
                    yield return directory;
                }
            }
        }

        foreach (string element in string.IsNullOrEmpty(libraryPath) ? [] : libraryPath.Split(':', ';'))
        {
            yield return new SearchDirectory(
                element.Length == 0 ? Environment.CurrentDirectory : _platform.Expand(element, origin)[0], BinaryDependencyReason.LibraryPath, element);
        }

        foreach (SearchDirectory directory in Split(neededBy.Image.RunPath, origin, BinaryDependencyReason.RunPath))
        {
            yield return directory;
        }
    }

    private LibraryLocation? FindIn(SearchDirectory directory, string name)
    {
        foreach (string variant in _capabilities.VariantsOf(directory.Path))
        {
            if (TryFile(Path.Join(variant, name), directory.Reason, directory.Element) is { } location)
            {
                return location;
            }
        }

        return TryFile(Path.Join(directory.Path, name), directory.Reason, directory.Element);
    }

    /// <summary>The loader passes over a library for another machine and looks on.</summary>
    private LibraryLocation? TryFile(string path, BinaryDependencyReason reason, string? through = null) =>
        files.TryRead(path) is { } image && image.Target == target ? new LibraryLocation(image, path, reason, through) : null;
}
