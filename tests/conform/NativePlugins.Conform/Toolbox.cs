using System.Globalization;

namespace NativePlugins.Conform;

/// <summary>The tools that are installed, under their own names or, as Debian installs them, with a version behind: <c>clang-14</c>.</summary>
internal static class Toolbox
{
    private static readonly Dictionary<string, string?> s_found = [];

    /// <summary>The path of a tool, of the highest version if there are several; null if it is not installed.</summary>
    public static string? Find(string tool)
    {
        lock (s_found)
        {
            if (!s_found.TryGetValue(tool, out string? path))
            {
                path = Directories().Select(directory => Path.Combine(directory, tool)).FirstOrDefault(File.Exists)
                    ?? Directories().SelectMany(directory => Directory.EnumerateFiles(directory, tool + "-*"))
                        .Where(candidate => VersionOf(candidate, tool) is not null)
                        .MaxBy(candidate => VersionOf(candidate, tool));
                s_found.Add(tool, path);
            }

            return path;
        }
    }

    public static string Require(string tool) =>
        Find(tool) ?? throw new InvalidOperationException($"{tool} is not on the PATH.");

    private static IEnumerable<string> Directories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Directory.Exists);

    private static int? VersionOf(string path, string tool) =>
        int.TryParse(Path.GetFileName(path).AsSpan(tool.Length + 1), CultureInfo.InvariantCulture, out int version) ? version : null;
}
