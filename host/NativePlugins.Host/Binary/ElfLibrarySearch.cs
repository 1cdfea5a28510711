using System.Runtime.InteropServices;

namespace NativePlugins.Host;

/// <summary>One directory to look in.</summary>
internal readonly record struct SearchDirectory(string Path, BinaryDependencyReason Reason, string? Element);

/// <summary>
/// Where the system's loader looks for a needed library, in its order: ld.so(8), "DESCRIPTION". Knows glibc's places
/// and musl's.
/// </summary>
internal sealed class ElfLibrarySearch(HostSystem system, string? libraryPath, Func<string, BinaryImage?> tryRead) : LibrarySearch
{
    private readonly Lazy<LdSoCache?> _cache = new(() => LdSoCache.Open(system));
    private readonly Lazy<string?> _loader = new(() => Array.Find(LoaderPaths(), path => system.GetStatus(path, followLinks: true, out _).IsNone));
    private readonly BinaryTarget _target = BinaryTarget.OfProcess(system);
    private readonly HardwareCapabilities _capabilities = new(system);

    public override LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched)
    {
        string origin = neededBy.Directory;
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = Expand(name, origin)[0];
            searched.Add(path);
            return TryFile(path, BinaryDependencyReason.Path);
        }

        // The loader is loaded before everything else, and answers to its own name.
        if (_loader.Value is { } loader && Path.GetFileName(loader) == name && TryFile(loader, BinaryDependencyReason.Loader) is { } itself)
        {
            return itself;
        }

        foreach (SearchDirectory directory in Directories(neededBy, origin))
        {
            searched.Add(directory.Path);
            if (FindIn(directory, name) is { } location)
            {
                return location;
            }
        }

        return neededBy.Image.IgnoresDefaultDirectories ? null : FindInSystem(name, searched);
    }

    /// <summary>The directories of a DT_RPATH or DT_RUNPATH, with what stands for the library's own directory filled in.</summary>
    private static List<SearchDirectory> Split(string? list, string origin, BinaryDependencyReason reason)
    {
        var directories = new List<SearchDirectory>();
        foreach (string element in (list ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            directories.AddRange(Expand(element, origin).Select(path => new SearchDirectory(path, reason, element)));
        }

        return directories;
    }

    private LibraryLocation? FindInSystem(string name, ICollection<string> searched)
    {
        if (_cache.Value is { } cache)
        {
            searched.Add("/etc/ld.so.cache");
            foreach (string path in _capabilities.Order(cache.Find(name)))
            {
                if (TryFile(path, BinaryDependencyReason.Cache) is { } location)
                {
                    return location;
                }
            }
        }

        foreach (string directory in DefaultDirectories())
        {
            searched.Add(directory);
            if (FindIn(new SearchDirectory(directory, BinaryDependencyReason.DefaultDirectory, directory), name) is { } location)
            {
                return location;
            }
        }

        return null;
    }

    private IEnumerable<SearchDirectory> Directories(LoadChain neededBy, string origin)
    {
        // A library's DT_RUNPATH makes the loader ignore its DT_RPATH, and those of the libraries that asked for it.
        if (neededBy.Image.RunPath is null)
        {
            foreach (LoadChain link in neededBy.Links().Where(link => link.Image.RunPath is null))
            {
                foreach (SearchDirectory directory in Split(link.Image.RPath, link.Directory, BinaryDependencyReason.RPath))
                {
                    yield return directory;
                }
            }
        }

        foreach (string element in string.IsNullOrEmpty(libraryPath) ? [] : libraryPath.Split(':', ';'))
        {
            yield return new SearchDirectory(
                element.Length == 0 ? Environment.CurrentDirectory : Expand(element, origin)[0], BinaryDependencyReason.LibraryPath, element);
        }

        foreach (SearchDirectory directory in Split(neededBy.Image.RunPath, origin, BinaryDependencyReason.RunPath))
        {
            yield return directory;
        }
    }

    private LibraryLocation? FindIn(SearchDirectory directory, string name)
    {
        foreach (string variant in _capabilities.VariantsOf(directory.Path))
        {
            if (TryFile(Path.Join(variant, name), directory.Reason, directory.Element) is { } location)
            {
                return location;
            }
        }

        return TryFile(Path.Join(directory.Path, name), directory.Reason, directory.Element);
    }

    /// <summary>The loader passes over a library for another machine and looks on.</summary>
    private LibraryLocation? TryFile(string path, BinaryDependencyReason reason, string? through = null) =>
        tryRead(path) is { } image && image.Target == _target ? new LibraryLocation(image, path, reason, through) : null;

    private static string[] LoaderPaths() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => ["/lib64/ld-linux-x86-64.so.2"],
        Architecture.Arm64 => ["/lib/ld-linux-aarch64.so.1"],
        Architecture.X86 => ["/lib/ld-linux.so.2"],
        Architecture.Arm => ["/lib/ld-linux-armhf.so.3"],
        Architecture.RiscV64 => ["/lib/ld-linux-riscv64-lp64d.so.1"],
        Architecture.LoongArch64 => ["/lib64/ld-linux-loongarch-lp64d.so.1"],
        Architecture.S390x => ["/lib/ld64.so.1"],
        Architecture.Ppc64le => ["/lib64/ld64.so.2"],
        _ => [],
    };

    private static string[] DefaultDirectories()
    {
        string triplet = Triplet();
        return
        [
            $"/lib/{triplet}", $"/usr/lib/{triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib",
        ];
    }

    private static string[] Expand(string element, string origin)
    {
        string expanded = element
            .Replace("${ORIGIN}", origin, StringComparison.Ordinal).Replace("$ORIGIN", origin, StringComparison.Ordinal)
            .Replace("${PLATFORM}", Platform(), StringComparison.Ordinal).Replace("$PLATFORM", Platform(), StringComparison.Ordinal);
        if (!expanded.Contains("$LIB", StringComparison.Ordinal) && !expanded.Contains("${LIB}", StringComparison.Ordinal))
        {
            return [expanded];
        }

        // What it stands for is compiled into the loader; these are the known answers.
        return Array.ConvertAll((string[])[$"lib/{Triplet()}", "lib64", "lib"], lib => expanded
            .Replace("${LIB}", lib, StringComparison.Ordinal).Replace("$LIB", lib, StringComparison.Ordinal));
    }

    private static string Triplet() => RuntimeInformation.ProcessArchitecture == Architecture.Arm
        ? "arm-linux-gnueabihf"
        : Platform() + "-linux-gnu";

    private static string Platform() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        Architecture.X86 => "i386",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loongarch64",
        Architecture.S390x => "s390x",
        Architecture.Ppc64le => "powerpc64le",
        Architecture other => other.ToString(),
    };
}
