using System.Runtime.InteropServices;

namespace NativePlugins.Host;

/// <summary>
/// Where the system's loader looks for a needed library, in its order: ld.so(8), "DESCRIPTION". Knows glibc's places
/// and musl's.
/// </summary>
internal sealed class LibrarySearch(HostSystem system, string? libraryPath, Func<string, BinaryImage?> tryRead)
{
    private readonly Lazy<LdSoCache?> _cache = new(() => LdSoCache.Open(system));
    private readonly BinaryTarget _target = BinaryTarget.OfProcess(system);

    /// <summary>The library's image, or null and every place where it was looked for.</summary>
    /// <param name="name">As it stands under DT_NEEDED.</param>
    /// <param name="neededBy">Which library asks for it.</param>
    /// <param name="inherited">The DT_RPATH directories of those who, directly or not, asked for that one.</param>
    public BinaryImage? Find(string name, BinaryImage neededBy, IReadOnlyList<string> inherited, List<string> searched)
    {
        string origin = Path.GetDirectoryName(neededBy.Path) ?? "/";
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = Expand(name, origin)[0];
            searched.Add(path);
            return TryFile(path);
        }

        foreach (string directory in Directories(neededBy, origin, inherited))
        {
            searched.Add(directory);
            if (FindIn(directory, name) is { } image)
            {
                return image;
            }
        }

        if (neededBy.IgnoresDefaultDirectories)
        {
            return null;
        }

        if (_cache.Value is { } cache)
        {
            searched.Add("/etc/ld.so.cache");
            foreach (string path in cache.Find(name))
            {
                if (TryFile(path) is { } image)
                {
                    return image;
                }
            }
        }

        foreach (string directory in DefaultDirectories())
        {
            searched.Add(directory);
            if (FindIn(directory, name) is { } image)
            {
                return image;
            }
        }

        return null;
    }

    /// <summary>The directories of a DT_RPATH or DT_RUNPATH, with what stands for the library's own directory filled in.</summary>
    public static List<string> Split(string? list, string origin)
    {
        var directories = new List<string>();
        foreach (string element in (list ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            directories.AddRange(Expand(element, origin));
        }

        return directories;
    }

    private IEnumerable<string> Directories(BinaryImage neededBy, string origin, IReadOnlyList<string> inherited)
    {
        // A library's DT_RUNPATH makes the loader ignore its DT_RPATH, and those of the libraries that asked for it.
        if (neededBy.RunPath is null)
        {
            foreach (string directory in Split(neededBy.RPath, origin).Concat(inherited))
            {
                yield return directory;
            }
        }

        foreach (string element in string.IsNullOrEmpty(libraryPath) ? [] : libraryPath.Split(':', ';'))
        {
            yield return element.Length == 0 ? Environment.CurrentDirectory : Expand(element, origin)[0];
        }

        foreach (string directory in Split(neededBy.RunPath, origin))
        {
            yield return directory;
        }
    }

    private BinaryImage? FindIn(string directory, string name)
    {
        if (TryFile(Path.Join(directory, name)) is { } image)
        {
            return image;
        }

        // Builds for newer processors lie in directories of their own: ld.so(8), "Hardware capabilities".
        string capabilities = Path.Join(directory, "glibc-hwcaps");
        if (!system.GetStatus(capabilities, followLinks: true, out _).IsNone)
        {
            return null;
        }

        try
        {
            foreach (string subdirectory in Directory.EnumerateDirectories(capabilities))
            {
                if (TryFile(Path.Join(subdirectory, name)) is { } variant)
                {
                    return variant;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be listed holds no library that the loader could use either.
        }

        return null;
    }

    /// <summary>The loader passes over a library for another machine and looks on.</summary>
    private BinaryImage? TryFile(string path) => tryRead(path) is { } image && image.Target == _target ? image : null;

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
