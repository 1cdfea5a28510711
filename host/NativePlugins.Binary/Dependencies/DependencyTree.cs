using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A needed library: where it is, or every place where it was looked for.</summary>
/// <param name="IsOptional">Whether every library that asks for it can be loaded without it.</param>
/// <param name="IsLoaded">Whether the process has loaded it, or the library that asks for it. In both cases nothing more is loaded for it.</param>
internal sealed record NeededLibrary(
    string Name, BinaryImage NeededBy, LibraryLocation? Location, IReadOnlyList<string> Searched, bool IsOptional, bool IsLoaded);

/// <summary>A library and all that it needs, in the order in which the system's loader searches them for symbols.</summary>
internal sealed class DependencyTree
{
    private const int MaxNeeded = 4096;

    private readonly LibrarySearch _search;
    private readonly IReadOnlyDictionary<string, BinaryImage> _loaded;
    private readonly List<BinaryImage> _images = [];
    private readonly Dictionary<string, BinaryImage> _byName;
    private readonly Dictionary<(ulong Device, ulong Inode), BinaryImage> _byFile = [];
    private readonly HashSet<(ulong Device, ulong Inode)> _loadedFiles;
    private readonly HashSet<BinaryImage> _loadedImages = new(ReferenceEqualityComparer.Instance);
    private readonly List<NeededLibrary> _needed = [];
    private readonly SearchedPlaces.Budget _budget = new();
    private readonly Dictionary<string, int> _indices;

    private DependencyTree(LibrarySearch search, IReadOnlyDictionary<string, BinaryImage> loaded)
    {
        _search = search;
        _loaded = loaded;
        _loadedFiles = [.. loaded.Values.Select(image => (image.Status.Device, image.Status.Inode))];
        _byName = new Dictionary<string, BinaryImage>(search.NameComparer);
        _indices = new Dictionary<string, int>(search.NameComparer);
    }

    /// <summary>The library itself, then breadth first all that it needs, each file once.</summary>
    public IReadOnlyList<BinaryImage> Images => _images;

    /// <summary>What is needed, breadth first, each name once; then what is loaded only at a first call.</summary>
    public IReadOnlyList<NeededLibrary> Needed => _needed;

    /// <summary>What is needed and was found nowhere.</summary>
    public IReadOnlyList<NeededLibrary> Missing => [.. _needed.Where(library => library is { Location: null, IsOptional: false, IsLoaded: false })];

    /// <summary>
    /// The first library that is there and cannot be loaded. An optional one counts too if it is no regular file: the loader would wait for
    /// a pipe.
    /// </summary>
    public NeededLibrary? Broken => _needed.Find(library => library is { IsLoaded: false, Location.Problem: { } problem }
        && (!library.IsOptional || problem.Error == BinaryErrors.NotRegularFile));

    /// <summary>What would be mapped, each file once, without the library itself.</summary>
    public IEnumerable<(NeededLibrary Library, BinaryImage Image)> New => _needed
        .Where(library => library is { IsLoaded: false, Location.Image: not null })
        .Select(library => (Library: library, Image: library.Location!.Image!))
        .Where(entry => FileOf(entry.Image) != FileOf(_images[0]))
        .DistinctBy(entry => FileOf(entry.Image));

    /// <param name="loaded">
    /// The libraries that the process has loaded, by the names under which others ask for them. These are used as they are.
    /// </param>
    /// <exception cref="BinaryException">More is needed, or in more places, than any real library needs.</exception>
    public static DependencyTree Read(BinaryImage root, LibrarySearch search, IReadOnlyDictionary<string, BinaryImage> loaded)
    {
        var tree = new DependencyTree(search, loaded);
        var pending = new Queue<LoadChain>();
        var delayed = new List<(string Name, LoadChain NeededBy)>();
        tree.Add(root);
        pending.Enqueue(new LoadChain(root, null));
        while (pending.TryDequeue(out LoadChain? next))
        {
            foreach (string name in next.Image.Needed)
            {
                if (next.Image.DelayedNeeded.Contains(name))
                {
                    delayed.Add((name, next));
                }
                else
                {
                    tree.Follow(name, next, next.Image.WeakNeeded.Contains(name), pending);
                }
            }

            foreach (ElfFilter filter in next.Image.Filters)
            {
                tree.Follow(filter.Name, next, filter.IsOptional, pending);
            }
        }

        foreach ((string name, LoadChain neededBy) in delayed)
        {
            tree.Resolve(name, neededBy, isOptional: true);
        }

        return tree;
    }

    /// <summary>The library that a name means in a file; null if it is missing, or in no file.</summary>
    public BinaryImage? Find(string name, BinaryImage neededBy) => _byName.GetValueOrDefault(KeyOf(name, neededBy));

    /// <summary>On a file system without inode numbers the path tells files apart.</summary>
    private static (ulong Device, ulong Inode, string? Path) FileOf(BinaryImage image) =>
        (image.Status.Device, image.Status.Inode, image.Status.Inode == 0 ? image.Path : null);

    /// <summary>How names of libraries are compared.</summary>
    public StringComparer NameComparer => _search.NameComparer;

    /// <summary>The name in <see cref="Needed"/> of the library that a name means in a file: another file may spell it differently.</summary>
    public string ListedName(string name, BinaryImage neededBy)
    {
        string key = KeyOf(name, neededBy);
        return _indices.TryGetValue(key, out int index) ? _needed[index].Name : key;
    }

    /// <summary>The key under which a name of a file is kept: two files can mean different libraries by the same name.</summary>
    private string KeyOf(string name, BinaryImage neededBy) => _search.KeyOf(name, neededBy, _images[0]);

    private void Follow(string name, LoadChain neededBy, bool isOptional, Queue<LoadChain> pending)
    {
        if (Resolve(name, neededBy, isOptional) is { } image && Add(image))
        {
            pending.Enqueue(new LoadChain(image, neededBy));
        }
    }

    /// <summary>The library if this is the first request for it, else null.</summary>
    private BinaryImage? Resolve(string name, LoadChain neededBy, bool isOptional)
    {
        string key = KeyOf(name, neededBy.Image);
        if (_indices.TryGetValue(key, out int index))
        {
            _needed[index] = _needed[index] with { IsOptional = _needed[index].IsOptional && isOptional };
            return null;
        }

        if (_needed.Count == MaxNeeded)
        {
            throw FileFailures.Malformed(
                neededBy.Image.Path, "the libraries that it needs", $"at most {MaxNeeded:N0} libraries in all", "more").ToException();
        }

        _indices.Add(key, _needed.Count);
        if (_byName.TryGetValue(key, out BinaryImage? known))
        {
            AddKnown(key, neededBy.Image, known, isOptional);
            return null;
        }

        var searched = new SearchedPlaces(_budget, neededBy.Image.Path);
        LibraryLocation? location = Locate(key, name, neededBy, searched);
        bool isLoaded = location?.IsLoaded == true || _loadedImages.Contains(neededBy.Image);
        _needed.Add(new NeededLibrary(key, neededBy.Image, location, location is null ? searched.Keep() : [], isOptional, isLoaded));
        if (isLoaded && location?.Image is { } mapped)
        {
            _loadedImages.Add(mapped);
        }

        if (location?.Image is not { } image)
        {
            return null;
        }

        _byName[key] = image;
        return image;
    }

    /// <summary>A library that is loaded already is used, whatever the search would find. Mostly the search would find the same one.</summary>
    private LibraryLocation? Locate(string key, string name, LoadChain neededBy, SearchedPlaces searched)
    {
        LibraryLocation? found = _search.Find(name, neededBy, searched);
        bool isMapped = found?.Image is { } image && _loadedFiles.Contains((image.Status.Device, image.Status.Inode));
        if (!_loaded.TryGetValue(key, out BinaryImage? present))
        {
            return isMapped ? found! with { IsLoaded = true } : found;
        }

        return found?.Image is { } same && same.Status.IsSameFileAs(present.Status)
            ? found with { IsLoaded = true, RelativePlace = null }
            : new LibraryLocation(present, present.Path, BinaryDependencyReason.AlreadyLoaded) { IsLoaded = true, Displaced = found };
    }

    /// <summary>Adds a name that a library of the tree already answers to, by its SONAME.</summary>
    private void AddKnown(string name, BinaryImage neededBy, BinaryImage known, bool isOptional)
    {
        BinaryDependencyReason reason = _needed.Find(library => library.Location?.Image == known)?.Location?.Reason ?? BinaryDependencyReason.Path;
        bool isLoaded = _loadedImages.Contains(known) || _loadedImages.Contains(neededBy);
        _needed.Add(new NeededLibrary(name, neededBy, new LibraryLocation(known, known.Path, reason) { IsLoaded = isLoaded }, [], isOptional, isLoaded));
    }

    private bool Add(BinaryImage image)
    {
        if (image.Status.Inode != 0 && !_byFile.TryAdd((image.Status.Device, image.Status.Inode), image))
        {
            return false;
        }

        _images.Add(image);
        if (image.Soname is { } soname)
        {
            _byName.TryAdd(soname, image);
        }

        return true;
    }
}
