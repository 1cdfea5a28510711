using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Dependencies;

/// <summary>One directory of the search.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Reason">The list that it is in.</param>
/// <param name="Element">As it is written in the list.</param>
/// <param name="IsRelative">Whether it depends on the current directory.</param>
internal readonly record struct SearchDirectory(string Path, BinaryDependencyReason Reason, string? Element, bool IsRelative = false);

/// <summary>
/// Where the loader of a Linux system looks for a needed library, in its order: ld.so(8), "DESCRIPTION"; glibc, elf/dl-load.c,
/// "_dl_map_object", "fillin_rpath" and "open_path". Where musl's loader is and glibc's is not, the names and the places are those of
/// musl: ldso/dynlink.c, "load_library".
/// </summary>
/// <param name="target">What the libraries must have been built for.</param>
/// <param name="files">The system's files.</param>
/// <param name="isThisProcessor">Whether the system runs on this processor. What another processor can do is not known.</param>
/// <param name="libraryPath">What <c>LD_LIBRARY_PATH</c> was when the process started.</param>
/// <param name="executable">The program, whose DT_RPATH counts for every library; null if it is not known.</param>
/// <param name="glibc">The version of glibc in use there; null if it is not known.</param>
internal sealed class ElfLibrarySearch(
    BinaryTarget target, LibraryFiles files, bool isThisProcessor, string? libraryPath, Lazy<BinaryImage?>? executable = null, Lazy<Version?>? glibc = null)
    : LibrarySearch
{
    // What musl calls reserved: the libraries that are one in it.
    private static readonly string[] s_ofMusl = ["libc.", "libpthread.", "librt.", "libm.", "libdl.", "libutil.", "libxnet."];

    private readonly ElfPlatform _platform = ElfPlatform.Of(target);
    private readonly Lazy<LdSoCache?> _cache = new(files.ReadLoaderCache);
    private readonly HardwareCapabilities _capabilities = new(files, isThisProcessor, glibc ?? new Lazy<Version?>((Version?)null));
    private readonly ElfSystemDirectories _system = new(files, ElfPlatform.Of(target));

    /// <summary>The name as it is in the file, unless it means a place beside the library and the library lies in another directory.</summary>
    public override string KeyOf(string name, BinaryImage neededBy, BinaryImage root) =>
        LoadChain.DirectoryOf(neededBy.Path) is var origin && origin == LoadChain.DirectoryOf(root.Path) ? name : Expand(name, origin);

    public override LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched)
    {
        name = Expand(name, neededBy.Directory);
        if (name.Length == 0)
        {
            // An empty name means the program itself.
            return new LibraryLocation(null, null, BinaryDependencyReason.AlreadyLoaded) { IsLoaded = true };
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            bool isRelative = name[0] != '/';
            string path = isRelative ? Path.Join(Environment.CurrentDirectory, name) : name;
            searched.Add(path);
            return Take(files.Try(path, isPrivate: true), path, BinaryDependencyReason.Path, through: null, isRelative ? name : null);
        }

        // The loader is loaded before everything else, and answers to its own name; musl's is the C library too, and answers to all names of one.
        if (_system.Loader is { } loader && (Path.GetFileName(loader) == name || (_system.IsMusl && Array.Exists(s_ofMusl, start => name.StartsWith(start, StringComparison.Ordinal))))
            && Take(files.Try(loader), loader, BinaryDependencyReason.Loader, through: null, relativePlace: null) is { Image: not null } itself)
        {
            return itself;
        }

        string? passed = null;
        foreach (IEnumerable<SearchDirectory> list in ListsOf(neededBy))
        {
            if (FindIn(list, name, searched, ref passed) is { } location)
            {
                return location;
            }
        }

        return FindInSystem(name, neededBy.Image.IgnoresDefaultDirectories, searched, passed);
    }

    private string Expand(string text, string origin) =>
        _platform.Expand(text, origin, isThisProcessor ? HardwareCapabilities.OwnPlatform : null, () => _system.Lib);

    private IEnumerable<IEnumerable<SearchDirectory>> ListsOf(LoadChain neededBy)
    {
        // The loader ignores DT_RPATH, of this library and of those that led to it, if this library has DT_RUNPATH.
        if (neededBy.Image.RunPath is null)
        {
            foreach (LoadChain link in neededBy.Links().Where(link => link.Image.RunPath is null))
            {
                yield return Split(link.Image.RPath, [':'], link.Directory, BinaryDependencyReason.RPath);
            }

            if (executable?.Value is { RunPath: null, RPath: { } rpath } program)
            {
                yield return Split(rpath, [':'], LoadChain.DirectoryOf(program.Path), BinaryDependencyReason.RPath);
            }
        }

        string ofProgram = executable?.Value is { } known ? LoadChain.DirectoryOf(known.Path) : neededBy.Directory;
        yield return Split(libraryPath, [':', ';'], ofProgram, BinaryDependencyReason.LibraryPath);
        yield return Split(neededBy.Image.RunPath, [':'], neededBy.Directory, BinaryDependencyReason.RunPath);
    }

    /// <summary>The directories of a list. An empty element is the current directory; an empty list has no directories.</summary>
    private IEnumerable<SearchDirectory> Split(string? list, char[] separators, string origin, BinaryDependencyReason reason)
    {
        foreach (string element in string.IsNullOrEmpty(list) ? [] : list.Split(separators))
        {
            string directory = Expand(element, origin);
            if (directory.Length > 0 || element.Length == 0)
            {
                bool isRelative = !directory.StartsWith('/');
                yield return new SearchDirectory(isRelative ? Path.Join(Environment.CurrentDirectory, directory) : directory, reason, element, isRelative);
            }
        }
    }

    /// <summary>If a directory exists, an error other than "no such file" there ends the list, and the loader goes on with the next list.</summary>
    private LibraryLocation? FindIn(IEnumerable<SearchDirectory> list, string name, ICollection<string> searched, ref string? passed)
    {
        foreach (SearchDirectory directory in list)
        {
            searched.Add(directory.Path);

            // A user sets LD_LIBRARY_PATH for the whole process: a relative directory in it counts only where a library was found in it.
            string? place = directory.IsRelative ? Describe(directory) : null;
            passed ??= directory.Reason == BinaryDependencyReason.LibraryPath ? null : place;
            LibraryAttempt attempt = TryIn(directory, name, out string path);
            if (Take(attempt, path, directory.Reason, directory.Element, passed ?? place) is { } location)
            {
                return location;
            }

            if (attempt.Kind == LibraryAttemptKind.Unreachable && files.HasDirectory(directory.Path))
            {
                return null;
            }
        }

        return null;
    }

    private LibraryLocation? FindInSystem(string name, bool ignoresDefaults, ICollection<string> searched, string? passed)
    {
        if (_cache.Value is { } cache)
        {
            searched.Add(LdSoCache.Location);
            if (_capabilities.Choose(cache.Find(name)) is { } path
                && !(ignoresDefaults && Array.Exists(_system.All, directory => path.StartsWith(directory + "/", StringComparison.Ordinal)))
                && Take(files.Try(path), path, BinaryDependencyReason.Cache, through: null, passed) is { } location)
            {
                return location;
            }
        }

        IEnumerable<SearchDirectory> defaults = ignoresDefaults ? []
            : _system.All.Select(directory => new SearchDirectory(directory, BinaryDependencyReason.DefaultDirectory, directory));
        return FindIn(defaults, name, searched, ref passed);
    }

    private LibraryAttempt TryIn(in SearchDirectory directory, string name, out string path)
    {
        bool isPrivate = directory.Reason is BinaryDependencyReason.RPath or BinaryDependencyReason.RunPath;
        foreach (string variant in _capabilities.VariantsOf(directory.Path))
        {
            path = Path.Join(variant, name);
            if (files.Try(path, isPrivate) is { Kind: LibraryAttemptKind.Found or LibraryAttemptKind.Broken } attempt)
            {
                return attempt;
            }
        }

        path = Path.Join(directory.Path, name);
        return files.Try(path, isPrivate);
    }

    /// <summary>Null if the loader goes on searching.</summary>
    private LibraryLocation? Take(in LibraryAttempt attempt, string path, BinaryDependencyReason reason, string? through, string? relativePlace) => attempt.Kind switch
    {
        LibraryAttemptKind.Broken => new LibraryLocation(null, path, reason, through) { Problem = attempt.Problem, RelativePlace = relativePlace },
        LibraryAttemptKind.Found when attempt.Image!.Target != target => new LibraryLocation(null, path, reason, through)
        {
            Problem = PreflightFailures.OtherTarget(path, attempt.Image.Target.Describe(), target),
            RelativePlace = relativePlace,
        },
        LibraryAttemptKind.Found => new LibraryLocation(attempt.Image, path, reason, through) { RelativePlace = relativePlace },
        _ => null,
    };

    private static string Describe(in SearchDirectory directory)
    {
        string list = directory.Reason switch
        {
            BinaryDependencyReason.RPath => "DT_RPATH",
            BinaryDependencyReason.RunPath => "DT_RUNPATH",
            _ => "LD_LIBRARY_PATH",
        };
        return string.IsNullOrEmpty(directory.Element) ? $"an empty element of {list}" : $"{UntrustedText.Quote(directory.Element)} in {list}";
    }
}
