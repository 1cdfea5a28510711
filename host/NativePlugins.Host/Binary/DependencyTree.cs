namespace NativePlugins.Host;

/// <summary>A needed library: where it is, or every place where it was looked for.</summary>
internal sealed record NeededLibrary(string Name, BinaryImage NeededBy, LibraryLocation? Location, IReadOnlyList<string> Searched);

/// <summary>A library and all that it needs, in the order in which the system's loader searches them for symbols.</summary>
internal sealed class DependencyTree
{
    private const int MaxLibraries = 1024;

    private readonly List<BinaryImage> _images = [];
    private readonly Dictionary<string, BinaryImage> _byName = [];
    private readonly Dictionary<(ulong Device, ulong Inode), BinaryImage> _byFile = [];
    private readonly List<NeededLibrary> _needed = [];

    /// <summary>The library first, then breadth first what it needs, each file once.</summary>
    public IReadOnlyList<BinaryImage> Images => _images;

    /// <summary>What is needed, breadth first, each name once.</summary>
    public IReadOnlyList<NeededLibrary> Needed => _needed;

    /// <summary>What is needed and is nowhere.</summary>
    public IReadOnlyList<NeededLibrary> Missing => [.. _needed.Where(library => library.Location is null)];

    /// <param name="loaded">What the process has loaded, by the name under which libraries ask for it: it is used as it is.</param>
    public static DependencyTree Read(BinaryImage root, LibrarySearch search, IReadOnlyDictionary<string, BinaryImage> loaded)
    {
        var tree = new DependencyTree();
        var names = new HashSet<string>();
        var pending = new Queue<(BinaryImage Image, IReadOnlyList<SearchDirectory> Inherited)>();
        tree.Add(root);
        pending.Enqueue((root, []));
        while (pending.TryDequeue(out (BinaryImage Image, IReadOnlyList<SearchDirectory> Inherited) next) && tree._images.Count < MaxLibraries)
        {
            string origin = Path.GetDirectoryName(next.Image.Path) ?? "/";
            IReadOnlyList<SearchDirectory> inherited = next.Image.RunPath is null
                ? [.. LibrarySearch.Split(next.Image.RPath, origin, BinaryDependencyReason.RPath), .. next.Inherited]
                : next.Inherited;
            foreach (string name in next.Image.Needed)
            {
                if (!names.Add(name))
                {
                    continue;
                }

                if (tree._byName.TryGetValue(name, out BinaryImage? known))
                {
                    tree.AddKnown(name, next.Image, known);
                    continue;
                }

                var searched = new List<string>();
                LibraryLocation? location = Locate(name, next.Image, next.Inherited, search, loaded, searched);
                tree._needed.Add(new NeededLibrary(name, next.Image, location, location is null ? searched : []));
                if (location is null)
                {
                    continue;
                }

                tree._byName[name] = location.Image;
                if (tree.Add(location.Image))
                {
                    pending.Enqueue((location.Image, inherited));
                }
            }
        }

        return tree;
    }

    /// <summary>The library that answers to a name of DT_NEEDED.</summary>
    public BinaryImage? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A library that is loaded already is used, whatever the search would find. Mostly it is that one.</summary>
    private static LibraryLocation? Locate(
        string name, BinaryImage neededBy, IReadOnlyList<SearchDirectory> inherited, LibrarySearch search,
        IReadOnlyDictionary<string, BinaryImage> loaded, List<string> searched)
    {
        LibraryLocation? found = search.Find(name, neededBy, inherited, searched);
        return !loaded.TryGetValue(name, out BinaryImage? present) || (found is not null && found.Image.Status.IsSameFileAs(present.Status))
            ? found
            : new LibraryLocation(present, present.Path, BinaryDependencyReason.AlreadyLoaded);
    }

    /// <summary>Another library of the tree answers to this name, by its SONAME.</summary>
    private void AddKnown(string name, BinaryImage neededBy, BinaryImage known)
    {
        BinaryDependencyReason reason = _needed.Find(library => library.Location?.Image == known)?.Location?.Reason ?? BinaryDependencyReason.Path;
        _needed.Add(new NeededLibrary(name, neededBy, new LibraryLocation(known, known.Path, reason), []));
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
