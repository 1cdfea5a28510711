namespace NativePlugins.Host;

/// <summary>
/// The libraries of a system, by the paths that its loader would use; each is read once. Not thread-safe.
/// </summary>
/// <param name="system">This system, which opens the files.</param>
/// <param name="target">What is wanted of a file that holds several architectures.</param>
/// <param name="root">The directory that stands for the other system's root; null if it is this system.</param>
internal sealed class LibraryFiles(HostSystem system, BinaryTarget? target = null, LibraryRoot? root = null)
{
    private const int MaxImages = 4096;

    private readonly Dictionary<string, BinaryImage?> _images = [];

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
        }

        return _images[path] = Read(path);
    }

    /// <exception cref="PluginException">The file cannot be read any more, or its tables are malformed.</exception>
    public BinarySymbols ReadSymbols(BinaryImage image)
    {
        using BinaryFile file = BinaryFile.Open(RealPath(image.Path) ?? image.Path, system);
        return Preflight.ReadSymbols(file, image.Target);
    }

    public bool HasDirectory(string path) => RealPath(path) is { } real && Directory.Exists(real);

    private BinaryImage? Read(string path)
    {
        try
        {
            // Most places where the search looks hold nothing: asking first is cheaper than an exception.
            if (RealPath(path) is not { } real || !system.GetStatus(real, followLinks: true, out FileStatus status).IsNone || !status.IsRegular)
            {
                return null;
            }

            using BinaryFile file = BinaryFile.Open(real, system);
            return Preflight.Read(file, requireTarget: null, target) with { Path = path };
        }
        catch (PluginException)
        {
            return null;
        }
    }

    private string? RealPath(string path) => root is null ? path : root.ToReal(path);
}
