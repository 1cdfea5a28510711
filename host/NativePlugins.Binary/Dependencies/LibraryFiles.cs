using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// The libraries of a system, by the paths that its loader would use. Each file is opened and read once, however many paths lead to it. Not
/// thread-safe.
/// </summary>
/// <param name="system">This system, which opens the files.</param>
/// <param name="target">Which part to read of a file that holds several architectures.</param>
/// <param name="root">The directory that stands for the other system's root; null if it is this system.</param>
/// <param name="withNames">Whether the names of each library will be asked for. They are then read together with it.</param>
internal sealed class LibraryFiles(FileSystem system, BinaryTarget target, LibraryRoot? root = null, bool withNames = true)
{
    private const int MaxImages = 4096;
    private const int MaxNames = 1 << 20;

    private readonly Dictionary<string, LibraryAttempt> _attempts = [];
    private readonly Dictionary<(FileStatus, string), BinaryImage> _imagesByFile = [];
    private readonly Dictionary<(FileStatus, string), LibraryNames> _names = [];
    private readonly Dictionary<(FileStatus, string), BinaryReason?> _defects = [];
    private int _nameCount;
    private (BinaryImage Image, LibraryNames Names)? _kept;

    /// <summary>Null where there is no library that can be read.</summary>
    public BinaryImage? TryRead(string path) => Try(path).Image;

    /// <summary>What the system's loader would find at that path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isPrivate">
    /// Whether <see cref="CheckWhole"/> will be called for the library found there. It is then checked while it is read.
    /// </param>
    public LibraryAttempt Try(string path, bool isPrivate = false)
    {
        if (_attempts.TryGetValue(path, out LibraryAttempt known))
        {
            return known;
        }

        if (_attempts.Count >= MaxImages)
        {
            _attempts.Clear();
            _imagesByFile.Clear();
        }

        return _attempts[path] = Open(path, isPrivate && root is null);
    }

    /// <summary>Checks a library for what the system's loader follows blindly.</summary>
    /// <exception cref="BinaryException">It is malformed, or cannot be read any more.</exception>
    public void CheckWhole(BinaryImage image)
    {
        if (!_defects.TryGetValue(KeyOf(image.Status, image.Path), out BinaryReason? defect))
        {
            using BinaryFile file = BinaryFile.Open(RealPath(image.Path) ?? image.Path, system);
            CheckNow(file, image);
            defect = _defects[KeyOf(image.Status, image.Path)];
        }

        if (defect is not null)
        {
            throw defect.ToException();
        }
    }

    private BinaryImage CheckNow(BinaryFile file, BinaryImage image)
    {
        (FileStatus, string) key = KeyOf(image.Status, image.Path);
        try
        {
            file.BeginPass();
            image = Preflight.CheckLoad(file, image);
            _defects[key] = null;
        }
        catch (BinaryException e)
        {
            _defects[key] = e.Reason;
        }

        return image;
    }

    /// <summary>Keeps the names of a library that was read elsewhere. Only those of the last such library are kept.</summary>
    public void KeepNames(BinaryImage image, BinarySymbols symbols) => _kept = (image, new LibraryNames(symbols));

    /// <exception cref="BinaryException">The file cannot be read any more, or its tables are malformed.</exception>
    public LibraryNames NamesOf(BinaryImage image)
    {
        if (_kept is { } kept && ReferenceEquals(kept.Image, image))
        {
            return kept.Names;
        }

        if (!_names.TryGetValue(KeyOf(image.Status, image.Path), out LibraryNames? names))
        {
            using BinaryFile file = BinaryFile.Open(RealPath(image.Path) ?? image.Path, system);
            names = ReadNames(file, image);
        }

        return names;
    }

    /// <summary>Whether something exists at that path.</summary>
    public bool Exists(string path) => RealPath(path) is { } real && system.GetStatus(real, followLinks: true, out _).IsNone;

    /// <summary>The cache of the system's ELF loader; null where there is none.</summary>
    public LdSoCache? ReadLoaderCache() => RealPath(LdSoCache.Location) is { } real ? LdSoCache.Open(real, target, system) : null;

    /// <summary>A whole file of at most <paramref name="limit"/> bytes; empty if there is none, or it is larger.</summary>
    public byte[] ReadBytes(string path, ulong limit)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(RealPath(path) ?? path, system);
            return file.Size <= limit ? file.ReadTable(0, file.Size, "the file").ToArray() : [];
        }
        catch (BinaryException)
        {
            return [];
        }
    }

    public bool HasDirectory(string path) => RealPath(path) is { } real && Directory.Exists(real);

    /// <summary>On a file system without inode numbers the path tells files apart.</summary>
    private static (FileStatus Status, string Path) KeyOf(in FileStatus status, string path) => (status, status.Inode == 0 ? path : "");

    private LibraryAttempt Open(string path, bool isPrivate)
    {
        // Most places that are searched are empty: asking first is cheaper than an exception.
        if (RealPath(path) is not { } real)
        {
            return default;
        }

        FileError error = system.GetStatus(real, followLinks: true, out FileStatus status);
        if (!error.IsNone)
        {
            return error.Kind is FileErrorKind.NotFound or FileErrorKind.AccessDenied ? default : new LibraryAttempt(LibraryAttemptKind.Unreachable);
        }

        if (!status.IsRegular)
        {
            // A socket cannot be opened. A directory, a pipe or a device the loader tries to read.
            return status.Kind == FileKind.Socket
                ? new LibraryAttempt(LibraryAttemptKind.Unreachable)
                : new LibraryAttempt(LibraryAttemptKind.Broken, Problem: FileFailures.NotRegular(path, status));
        }

        return _imagesByFile.TryGetValue(KeyOf(status, path), out BinaryImage? known)
            ? new LibraryAttempt(LibraryAttemptKind.Found, known with { Path = path })
            : Read(real, path, isPrivate);
    }

    private LibraryAttempt Read(string real, string path, bool isPrivate)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(real, system);
            if (target.Format == BinaryFormat.Elf && ElfIdentity.IsPassedOver(file.Head, target))
            {
                return new LibraryAttempt(LibraryAttemptKind.PassedOver);
            }

            BinaryImage image = Preflight.Read(file, requireTarget: null, target, isDependency: true) with { Path = path };
            image = isPrivate && image.Target == target ? CheckNow(file, image) : image;
            _imagesByFile.TryAdd(KeyOf(image.Status, path), image);
            if (withNames)
            {
                TryReadNames(file, image);
            }

            return new LibraryAttempt(LibraryAttemptKind.Found, image);
        }
        catch (BinaryException e) when (e.Reason.Error == BinaryErrors.FileAccess || e.Reason.Error == BinaryErrors.NotFound)
        {
            return default; // The file is gone by now, or this user may not read it.
        }
        catch (BinaryException e)
        {
            return new LibraryAttempt(LibraryAttemptKind.Broken, Problem: e.Reason);
        }
    }

    /// <summary>Throws nothing: the caller that needs the names will ask for them, and be told what is wrong with them.</summary>
    private void TryReadNames(BinaryFile file, BinaryImage image)
    {
        try
        {
            if (image.Target == target && !_names.ContainsKey(KeyOf(image.Status, image.Path)))
            {
                ReadNames(file, image);
            }
        }
        catch (BinaryException)
        {
            // The library can be used all the same; NamesOf will fail in the same way.
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
