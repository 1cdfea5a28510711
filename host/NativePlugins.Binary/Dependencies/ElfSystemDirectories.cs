using System.Text;
using NativePlugins.Binary.Elf;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// A system's loader and its directories. Those that are compiled into glibc's are read from the loader's own file, where they follow each other. If the
/// loader's file does not show them, all known ones are searched.
/// </summary>
/// <param name="files">The system's files.</param>
/// <param name="platform">The machine.</param>
internal sealed class ElfSystemDirectories(LibraryFiles files, ElfPlatform platform)
{
    private const ulong MaxLoader = 4 << 20;
    private const ulong MaxList = 64 << 10;

    private string[]? _all;
    private bool? _isMusl;

    /// <summary>Whether musl's loader is there and glibc's is not: as on Alpine Linux.</summary>
    public bool IsMusl => _isMusl ??= platform.MuslLoader is { } musl && IsThere(musl) && !(platform.Loader is { } glibc && IsThere(glibc));

    /// <summary>The path of the loader; null where it is not known.</summary>
    public string? Loader => IsMusl ? platform.MuslLoader : platform.Loader;

    /// <summary>The directories in the loader's order, without a slash at the end.</summary>
    public string[] All => _all ??= Read();

    /// <summary>What <c>$LIB</c> stands for.</summary>
    public string Lib => All.Contains($"/lib/{platform.Triplet}") ? $"lib/{platform.Triplet}"
        : All.Contains("/lib64") || All.Contains("/usr/lib64") ? "lib64" : "lib";

    private bool IsThere(string path) => files.Try(path).Kind == LibraryAttemptKind.Found;

    private string[] Read() => IsMusl ? ReadMusl() : ReadGlibc();

    /// <summary>The list in the system's own file, or the one that is compiled in: musl, ldso/dynlink.c, "sys_path".</summary>
    private string[] ReadMusl()
    {
        string[] listed = Encoding.UTF8.GetString(files.ReadBytes($"/etc/{platform.MuslName}.path", MaxList))
            .Split([':', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(directory => directory[0] == '/').Select(directory => directory.TrimEnd('/')).ToArray();
        return listed.Length > 0 ? listed : ["/lib", "/usr/local/lib", "/usr/lib"];
    }

    private string[] ReadGlibc()
    {
        byte[] loader = platform.Loader is { } path ? files.ReadBytes(path, MaxLoader) : [];
        int start = ((string[])[$"/lib/{platform.Triplet}/", "/lib64/", "/usr/lib64/", "/lib/", "/usr/lib/"])
            .Select(first => loader.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\0{first}\0")))
            .Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        List<string> found = start < 0 ? [] : ReadFrom(loader.AsSpan(start + 1));
        return found.Count > 0 ? [.. found] : platform.DefaultDirectories;
    }

    /// <summary>The texts that begin and end with a slash.</summary>
    private static List<string> ReadFrom(ReadOnlySpan<byte> bytes)
    {
        const int MaxDirectories = 16;
        var directories = new List<string>();
        while (directories.Count < MaxDirectories && bytes.IndexOf((byte)0) is > 1 and int end && bytes[0] == '/' && bytes[end - 1] == '/')
        {
            directories.Add(Encoding.UTF8.GetString(bytes[..(end - 1)]));
            bytes = bytes[(end + 1)..];
        }

        return directories;
    }
}
