using System.Buffers;

namespace NativePlugins.Conform;

/// <summary>The shared libraries of this system.</summary>
internal static class SystemLibraries
{
    private static readonly string[] s_directories = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];

    private static readonly SearchValues<char> s_version = SearchValues.Create("0123456789.");

    /// <summary>Every ELF file below the system's library directories whose name is that of a shared library, in a stable order.</summary>
    public static IReadOnlyList<string> Find()
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return
        [
            .. s_directories.Where(Directory.Exists).Select(RealDirectory).Distinct()
                .SelectMany(directory => Directory.EnumerateFiles(directory, "*.so*", options))
                .Where(IsLibraryName).Where(IsElf).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsLibraryName(string path)
    {
        string name = Path.GetFileName(path);
        int end = name.LastIndexOf(".so", StringComparison.Ordinal);
        return end > 0 && name.AsSpan(end + 3).IndexOfAnyExcept(s_version) < 0;
    }

    private static bool IsElf(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual("\u007FELF"u8);
    }

    private static string RealDirectory(string directory) =>
        new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory;
}
