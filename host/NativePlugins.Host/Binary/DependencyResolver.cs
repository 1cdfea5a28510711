namespace NativePlugins.Host;

/// <summary>
/// Finds what ELF libraries need as this system's loader would in this process, and remembers what it has read: many
/// libraries need the same few. Not thread-safe.
/// </summary>
internal sealed class DependencyResolver
{
    private const int MaxImages = 4096;
    private const int MaxNames = 1 << 20;

    private readonly HostSystem _system;
    private readonly LibrarySearch _search;
    private readonly Lazy<Dictionary<string, BinaryImage>> _loaded;
    private readonly Lazy<IReadOnlyList<BinaryImage>> _global;
    private readonly Dictionary<string, BinaryImage?> _images = [];
    private readonly Dictionary<string, LibraryNames> _names = [];
    private int _nameCount;

    public DependencyResolver(HostSystem system, string? libraryPath)
    {
        _system = system;
        _search = new LibrarySearch(system, libraryPath, TryRead);
        _loaded = new Lazy<Dictionary<string, BinaryImage>>(() => LoadedLibraries.Read(TryRead));
        _global = new Lazy<IReadOnlyList<BinaryImage>>(() =>
            TryRead("/proc/self/exe") is { } executable ? ReadTree(executable).Images : []);
    }

    public DependencyTree ReadTree(BinaryImage image) => DependencyTree.Read(image, _search, _loaded.Value);

    /// <summary>The names that neither the tree nor this process defines.</summary>
    public IEnumerable<MissingSymbol> FindMissingSymbols(DependencyTree tree) =>
        SymbolResolution.FindMissing(tree, _global.Value, NamesOf);

    public IEnumerable<MissingVersion> FindMissingVersions(DependencyTree tree) =>
        SymbolResolution.FindMissingVersions(tree, NamesOf);

    private LibraryNames NamesOf(BinaryImage image)
    {
        if (_names.TryGetValue(image.Path, out LibraryNames? names))
        {
            return names;
        }

        if (_nameCount > MaxNames)
        {
            _names.Clear();
            _nameCount = 0;
        }

        names = new LibraryNames(image.ReadSymbols());
        _nameCount += names.Count;
        _names[image.Path] = names;
        return names;
    }

    private BinaryImage? TryRead(string path)
    {
        if (_images.TryGetValue(path, out BinaryImage? known))
        {
            return known;
        }

        if (_images.Count >= MaxImages)
        {
            _images.Clear();
        }

        return _images[path] = Read(path);
    }

    private BinaryImage? Read(string path)
    {
        try
        {
            // Most places where the search looks hold nothing: asking first is cheaper than an exception.
            return _system.GetStatus(path, followLinks: true, out FileStatus status).IsNone && status.IsRegular
                ? Preflight.Read(path, _system)
                : null;
        }
        catch (PluginException)
        {
            return null;
        }
    }
}
