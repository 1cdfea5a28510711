namespace NativePlugins.Host;

/// <summary>A needed library that is nowhere.</summary>
internal sealed record MissingLibrary(string Name, BinaryImage NeededBy, IReadOnlyList<string> Searched);

/// <summary>A library and all that it needs, in the order in which the system's loader searches them for symbols.</summary>
internal sealed class DependencyTree
{
    private const int MaxLibraries = 1024;

    private readonly List<BinaryImage> _images = [];
    private readonly Dictionary<string, BinaryImage> _byName = [];
    private readonly List<MissingLibrary> _missing = [];

    /// <summary>The library first, then breadth first what it needs, each file once.</summary>
    public IReadOnlyList<BinaryImage> Images => _images;

    public IReadOnlyList<MissingLibrary> Missing => _missing;

    /// <param name="loaded">What the process has loaded, by the name under which libraries ask for it: it is used as it is.</param>
    public static DependencyTree Read(BinaryImage root, LibrarySearch search, IReadOnlyDictionary<string, BinaryImage> loaded)
    {
        var tree = new DependencyTree();
        var pending = new Queue<(BinaryImage Image, IReadOnlyList<string> Inherited)>();
        tree.Add(root);
        pending.Enqueue((root, []));
        while (pending.TryDequeue(out (BinaryImage Image, IReadOnlyList<string> Inherited) next) && tree._images.Count < MaxLibraries)
        {
            string origin = Path.GetDirectoryName(next.Image.Path) ?? "/";
            IReadOnlyList<string> inherited = next.Image.RunPath is null
                ? [.. LibrarySearch.Split(next.Image.RPath, origin), .. next.Inherited]
                : next.Inherited;
            foreach (string name in next.Image.Needed)
            {
                if (tree._byName.ContainsKey(name))
                {
                    continue;
                }

                var searched = new List<string>();
                BinaryImage? image = loaded.TryGetValue(name, out BinaryImage? present)
                    ? present
                    : search.Find(name, next.Image, next.Inherited, searched);
                if (image is null)
                {
                    tree._missing.Add(new MissingLibrary(name, next.Image, searched));
                    continue;
                }

                tree._byName[name] = image;
                if (tree.Add(image))
                {
                    pending.Enqueue((image, inherited));
                }
            }
        }

        return tree;
    }

    /// <summary>The library that answers to a name of DT_NEEDED.</summary>
    public BinaryImage? Find(string name) => _byName.GetValueOrDefault(name);

    private bool Add(BinaryImage image)
    {
        foreach (BinaryImage known in _images)
        {
            if (known.Status.IsSameFileAs(image.Status))
            {
                return false;
            }
        }

        _images.Add(image);
        if (image.Soname is { } soname)
        {
            _byName.TryAdd(soname, image);
        }

        return true;
    }
}
