namespace NativePlugins.Host;

/// <summary>
/// The libraries of a system, by the paths that its loader would use. Each file is opened and read once, whatever paths lead to
/// it. Not thread-safe.
/// </summary>
/// <param name="system">This system, which opens the files.</param>
/// <param name="target">What is wanted of a file that holds several architectures.</param>
/// <param name="root">The directory that stands for the other system's root; null if it is this system.</param>
internal sealed class LibraryFiles(HostSystem system, BinaryTarget target, LibraryRoot? root = null)
{
    private const int MaxImages = 4096;
    private const int MaxNames = 1 << 20;

    private readonly Dictionary<string, BinaryImage?> _images = [];
    private readonly Dictionary<(FileStatus, string), BinaryImage> _imagesByFile = [];
    private readonly Dictionary<(FileStatus, string), LibraryNames> _names = [];
    private int _nameCount;
    private (BinaryImage Image, LibraryNames Names)? _given;

    /// <summary>Null where there is no library that can be read.</summary>
    public BinaryImage? TryRead(string path)
    {
        if (_images.TryGetValue(path, out BinaryImage? known))
        {
            return known;
        }

        if (_images.Count >= MaxImages)
        {
            _images.Clear();
            _imagesByFile.Clear();
        }

        return _images[path] = Read(path);
    }

    /// <summary>Takes the names of a library that was read elsewhere. Only those of the last one are kept.</summary>
    public void Give(BinaryImage image, BinarySymbols symbols) => _given = (image, new LibraryNames(symbols));

    /// <exception cref="PluginException">The file cannot be read any more, or its tables are malformed.</exception>
    public LibraryNames NamesOf(BinaryImage image)
    {
        if (_given is { } given && ReferenceEquals(given.Image, image))
        {
            return given.Names;
        }

        if (!_names.TryGetValue(KeyOf(image.Status, image.Path), out LibraryNames? names))
        {
            using BinaryFile file = BinaryFile.Open(RealPath(image.Path) ?? image.Path, system);
            names = ReadNames(file, image);
        }

        return names;
    }

    /// <summary>Whether there is anything at that path.</summary>
    public bool Exists(string path) => RealPath(path) is { } real && system.GetStatus(real, followLinks: true, out _).IsNone;

    /// <summary>The cache of the system's ELF loader; null where there is none.</summary>
    /// <param name="machine">Who wrote it.</param>
    public LdSoCache? ReadLoaderCache(in BinaryTarget machine) =>
        RealPath(LdSoCache.Location) is { } real ? LdSoCache.Open(real, machine.IsLittleEndian, system) : null;

    public bool HasDirectory(string path) => RealPath(path) is { } real && Directory.Exists(real);

    /// <summary>Where the file system does not number its files, a path stands for a file.</summary>
    private static (FileStatus Status, string Path) KeyOf(in FileStatus status, string path) => (status, status.Inode == 0 ? path : "");

    private BinaryImage? Read(string path)
    {
        try
        {
            // Most places where the search looks hold nothing: asking first is cheaper than an exception.
            if (RealPath(path) is not { } real || !system.GetStatus(real, followLinks: true, out FileStatus status).IsNone || !status.IsRegular)
            {
                return null;
            }

            if (_imagesByFile.TryGetValue(KeyOf(status, path), out BinaryImage? known))
            {
                return known with { Path = path };
            }

            using BinaryFile file = BinaryFile.Open(real, system);
            BinaryImage image = Preflight.Read(file, requireTarget: null, target, isPlugin: false) with { Path = path };
            _imagesByFile.TryAdd(KeyOf(image.Status, path), image);
            TryReadNames(file, image);
            return image;
        }
        catch (PluginException)
        {
            return null;
        }
    }

    /// <summary>Who needs a library will ask for its names, and be told then what is wrong with them.</summary>
    private void TryReadNames(BinaryFile file, BinaryImage image)
    {
        try
        {
            if (image.Target == target && !_names.ContainsKey(KeyOf(image.Status, image.Path)))
            {
                ReadNames(file, image);
            }
        }
        catch (PluginException)
        {
            // The image can be read; NamesOf fails in the same way.
        }
    }

    private LibraryNames ReadNames(BinaryFile file, BinaryImage image)
    {
        if (_nameCount > MaxNames)
        {
            _names.Clear();
            _nameCount = 0;
        }

        file.BeginPass();
        var names = new LibraryNames(Preflight.ReadSymbols(file, image.Target));
        _nameCount += names.Count;
        _names[KeyOf(image.Status, image.Path)] = names;
        return names;
    }

    private string? RealPath(string path) => root is null ? path : root.ToReal(path);
}
