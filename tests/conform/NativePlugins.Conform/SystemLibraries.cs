using NativePlugins.Cli;

namespace NativePlugins.Conform;

/// <summary>The shared libraries of this system.</summary>
internal static class SystemLibraries
{
    private static readonly string[] s_directories = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];

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
                .Where(LibraryFileName.IsElf).Where(IsElf).Distinct().Order(StringComparer.Ordinal),
        ];
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
