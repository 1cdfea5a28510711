using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Finds what libraries need as a system's loader would, and remembers what it has read: many libraries need the same few.
/// Not thread-safe.
/// </summary>
internal sealed class DependencyResolver
{
    private readonly LibraryFiles _files;
    private readonly LibrarySearch _search;
    private readonly Lazy<IReadOnlyDictionary<string, BinaryImage>> _loaded;
    private readonly SymbolResolution _symbols;

    private DependencyResolver(LibraryFiles files, LibrarySearch search, bool isThisProcess)
    {
        _files = files;
        _search = search;
        IsOfThisProcess = isThisProcess;
        _loaded = new Lazy<IReadOnlyDictionary<string, BinaryImage>>(() =>
            isThisProcess ? LoadedLibraries.Read(files.TryRead) : new Dictionary<string, BinaryImage>());
        var global = new Lazy<IReadOnlyList<BinaryImage>>(() =>
            isThisProcess && files.TryRead("/proc/self/exe") is { } executable ? ReadTree(executable).Images : []);
        _symbols = new SymbolResolution(global, files.NamesOf);
    }

    /// <summary>Whether it follows the loader of this process, and that one is for ELF.</summary>
    public bool IsOfThisProcess { get; }

    /// <summary>A resolver that follows the loader of this process.</summary>
    /// <param name="libraryPath">What <c>LD_LIBRARY_PATH</c>, or <c>DYLD_LIBRARY_PATH</c>, was when the process started.</param>
    /// <param name="withNames">Whether it will be asked for missing names.</param>
    public static DependencyResolver OfThisProcess(FileSystem system, string? libraryPath, bool withNames = true)
    {
        var target = BinaryTarget.OfProcess(system);
        var files = new LibraryFiles(system, target, root: null, withNames);
        var executable = new Lazy<BinaryImage?>(() =>
            Environment.ProcessPath is { } path && files.TryRead(path) is { Format: BinaryFormat.Elf } image ? image : null);
        LibrarySearch search = system.LibraryFormat switch
        {
            BinaryFormat.MachO => new DyldLibrarySearch(target, Environment.ProcessPath, libraryPath, files.TryRead),
            BinaryFormat.Pe => new WindowsLibrarySearch(
                target, Environment.GetEnvironmentVariable("SystemRoot") ?? @"C:\Windows", Environment.Is64BitOperatingSystem, files.TryRead),
            _ => new ElfLibrarySearch(target, files, isThisProcessor: Glibc.Version is not null, libraryPath, executable, new Lazy<Version?>(Glibc.Version)),
        };
        return new DependencyResolver(files, search, isThisProcess: system.LibraryFormat == BinaryFormat.Elf);
    }

    /// <summary>A resolver that follows the loader of another system, whose files lie below a directory here.</summary>
    /// <param name="target">What the library was built for.</param>
    /// <param name="executable">The path, in that system, of the program that loads the library; null if it is not known.</param>
    public static DependencyResolver OfRoot(FileSystem system, LibraryRoot root, BinaryTarget target, string? executable)
    {
        var files = new LibraryFiles(system, target, root);
        LibrarySearch search = target.Format switch
        {
            BinaryFormat.MachO => new DyldLibrarySearch(target, executable, libraryPath: null, files.TryRead),
            BinaryFormat.Pe => new WindowsLibrarySearch(target, @"C:\Windows", files.HasDirectory(@"C:\Windows\SysWOW64"), files.TryRead),
            _ => new ElfLibrarySearch(
                target, files, isThisProcessor: target == BinaryTarget.OfProcess(system), libraryPath: null, executable: null,
                new Lazy<Version?>(() => FindGlibc(files, target))),
        };
        return new DependencyResolver(files, search, isThisProcess: false);
    }

    /// <summary>Checks a library for what the system's loader follows blindly.</summary>
    /// <exception cref="BinaryException">It is malformed, or cannot be read any more.</exception>
    public void CheckWhole(BinaryImage image) => _files.CheckWhole(image);

    /// <summary>Keeps the names of a library that was read already. Only those of the last such library are kept.</summary>
    public void KeepNames(BinaryImage image, BinarySymbols symbols) => _files.KeepNames(image, symbols);

    public DependencyTree ReadTree(BinaryImage image) => DependencyTree.Read(image, _search, _loaded.Value);

    /// <summary>The names that neither the tree nor this process defines.</summary>
    public IEnumerable<MissingSymbol> FindMissingSymbols(DependencyTree tree) => tree.Images[0].Format == BinaryFormat.Elf
        ? _symbols.FindMissing(tree)
        : new NamedSymbolResolution(tree, _files.NamesOf, Locate).FindMissing();

    public IEnumerable<MissingVersion> FindMissingVersions(DependencyTree tree) =>
        tree.Images[0].Format == BinaryFormat.Elf ? _symbols.FindMissingVersions(tree) : [];

    /// <summary>The version of the C library below a root, found from the names that the C library defines.</summary>
    private static Version? FindGlibc(LibraryFiles files, in BinaryTarget target)
    {
        foreach (string directory in ElfPlatform.Of(target).DefaultDirectories)
        {
            if (files.TryRead(Path.Join(directory, "libc.so.6")) is { } image && image.Target == target)
            {
                return files.NamesOf(image).HighestVersion("GLIBC_");
            }
        }

        return null;
    }

    private LibraryLocation? Locate(string name, BinaryImage neededBy, BinaryImage root) =>
        _search.Find(name, new LoadChain(neededBy, ReferenceEquals(neededBy, root) ? null : new LoadChain(root, null)), []);
}
