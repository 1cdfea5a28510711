namespace NativePlugins.Host;

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
        _loaded = new Lazy<IReadOnlyDictionary<string, BinaryImage>>(() =>
            isThisProcess ? LoadedLibraries.Read(files.TryRead) : new Dictionary<string, BinaryImage>());
        var global = new Lazy<IReadOnlyList<BinaryImage>>(() =>
            isThisProcess && files.TryRead("/proc/self/exe") is { } executable ? ReadTree(executable).Images : []);
        _symbols = new SymbolResolution(global, files.NamesOf);
    }

    /// <summary>As in this process.</summary>
    /// <param name="libraryPath">What <c>LD_LIBRARY_PATH</c>, or <c>DYLD_LIBRARY_PATH</c>, is.</param>
    public static DependencyResolver OfThisProcess(HostSystem system, string? libraryPath)
    {
        var target = BinaryTarget.OfProcess(system);
        var files = new LibraryFiles(system, target);
        LibrarySearch search = system.LibraryFormat switch
        {
            BinaryFormat.MachO => new DyldLibrarySearch(target, Environment.ProcessPath, libraryPath, files.TryRead),
            BinaryFormat.Pe => new WindowsLibrarySearch(
                target, Environment.GetEnvironmentVariable("SystemRoot") ?? @"C:\Windows", Environment.Is64BitOperatingSystem, files.TryRead),
            _ => new ElfLibrarySearch(target, files, isThisProcessor: true, libraryPath),
        };
        return new DependencyResolver(files, search, isThisProcess: system.LibraryFormat == BinaryFormat.Elf);
    }

    /// <summary>As on another system, whose files lie below a directory here.</summary>
    /// <param name="target">What the library was built for.</param>
    /// <param name="executable">The path there of the program that loads it; null if it is not known.</param>
    public static DependencyResolver OfRoot(HostSystem system, LibraryRoot root, BinaryTarget target, string? executable)
    {
        var files = new LibraryFiles(system, target, root);
        LibrarySearch search = target.Format switch
        {
            BinaryFormat.MachO => new DyldLibrarySearch(target, executable, libraryPath: null, files.TryRead),
            BinaryFormat.Pe => new WindowsLibrarySearch(target, @"C:\Windows", files.HasDirectory(@"C:\Windows\SysWOW64"), files.TryRead),
            _ => new ElfLibrarySearch(target, files, isThisProcessor: target == BinaryTarget.OfProcess(system), libraryPath: null),
        };
        return new DependencyResolver(files, search, isThisProcess: false);
    }

    /// <summary>Gives it the names of a library that was read already. Only those of the last one are kept.</summary>
    public void Give(BinaryImage image, BinarySymbols symbols) => _files.Give(image, symbols);

    public DependencyTree ReadTree(BinaryImage image) => DependencyTree.Read(image, _search, _loaded.Value);

    /// <summary>The names that neither the tree nor this process defines.</summary>
    public IEnumerable<MissingSymbol> FindMissingSymbols(DependencyTree tree) => tree.Images[0].Format == BinaryFormat.Elf
        ? _symbols.FindMissing(tree)
        : new NamedSymbolResolution(tree, _files.NamesOf, Locate).FindMissing();

    public IEnumerable<MissingVersion> FindMissingVersions(DependencyTree tree) =>
        tree.Images[0].Format == BinaryFormat.Elf ? _symbols.FindMissingVersions(tree) : [];

    private LibraryLocation? Locate(string name, BinaryImage neededBy, BinaryImage root) =>
        _search.Find(name, new LoadChain(neededBy, ReferenceEquals(neededBy, root) ? null : new LoadChain(root, null)), []);
}
