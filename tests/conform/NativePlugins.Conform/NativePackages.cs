namespace NativePlugins.Conform;

/// <summary>The native files in restored NuGet packages, and the PE files that Wine and mingw-w64 install.</summary>
internal static class NativePackages
{
    private static readonly string[] s_extensions = [".dll", ".so", ".dylib"];

    private static readonly string[] s_windowsExtensions = [".dll", ".exe", ".drv", ".sys", ".cpl", ".ocx", ".acm", ".ax", ".ds", ".com"];

    private static readonly string[] s_windowsFolders =
        ["/usr/lib/x86_64-linux-gnu/wine", "/usr/lib/i386-linux-gnu/wine", "/usr/lib/wine", "/usr/x86_64-w64-mingw32", "/usr/i686-w64-mingw32", "/usr/lib/gcc/x86_64-w64-mingw32", "/usr/lib/gcc/i686-w64-mingw32"];

    /// <summary>What Wine takes for System32; null where it is not installed.</summary>
    public static string? WineSystemDirectory => Array.Find(
        ["/usr/lib/x86_64-linux-gnu/wine/x86_64-windows", "/usr/lib/wine/x86_64-windows"], Directory.Exists);

    public static IReadOnlyList<string> OfNuGet() => Find(
        [
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
                ? folder
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ],
        s_extensions);

    public static IReadOnlyList<string> OfWindows() => Find(s_windowsFolders, s_windowsExtensions);

    private static List<string> Find(IEnumerable<string> folders, string[] extensions)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
                .Where(path => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
        ];
    }
}
