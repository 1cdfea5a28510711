namespace NativePlugins.Cli;

/// <summary>Which names stand for sources before a build has listed what it reads, and which for what tools and builds leave.</summary>
internal static class SourceNames
{
    private static readonly string[] s_leftOut = ["bin", "obj", "artifacts", "dist", "node_modules"];

    public static bool IsSource(string relativePath)
    {
        string[] parts = relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return !parts.Any(IsHidden) && !parts[..^1].Any(IsLeftOut);
    }

    /// <summary>Whether builds and package managers write into a directory of this name.</summary>
    public static bool IsLeftOut(string directory) => s_leftOut.Contains(directory, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a tool's own file or directory, or an editor's copy.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.') || name.EndsWith('~');
}
