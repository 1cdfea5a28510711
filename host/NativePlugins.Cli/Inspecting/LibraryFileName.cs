using System.Buffers;

namespace NativePlugins.Cli;

/// <summary>Tells libraries by their files' names: what stands in a directory is not opened to find out.</summary>
internal static class LibraryFileName
{
    private static readonly SearchValues<char> s_version = SearchValues.Create("0123456789.");

    /// <summary>Whether it is that of a library of any system.</summary>
    public static bool IsAny(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".dylib", StringComparison.Ordinal) || IsElf(path);

    /// <summary>Whether it is that of an ELF library: <c>.so</c> is its end, or a version follows.</summary>
    public static bool IsElf(string path)
    {
        ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
        int end = name.LastIndexOf(".so");
        return end > 0 && name[(end + 3)..].IndexOfAnyExcept(s_version) < 0;
    }
}
