using System.Xml.Linq;

namespace NativePlugins.Tests;

/// <summary>The files of the repository as they lie on disk, without what builds make.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] s_notOurs = [".git", "artifacts", "dist", "bin", "obj", "node_modules", "target", ".vs", ".vscode", ".idea"];

    public static string Root => RepositoryRoot.Folder;

    public static string PathOf(string relative) => RepositoryRoot.PathOf(relative);

    public static string Text(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Paths from the root, with forward slashes, in a stable order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Walk(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Named(params string[] extensions) =>
        All.Where(path => extensions.Any(extension => path.EndsWith(extension, StringComparison.Ordinal)));

    public static IEnumerable<XElement> Elements(string project, string name) =>
        XDocument.Load(PathOf(project)).Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Walk(string directory) =>
        Directory.EnumerateFiles(directory).Where(file => Path.GetFileName(file) != ".git").Concat(
            Directory.EnumerateDirectories(directory)
                .Where(child => !s_notOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                .SelectMany(Walk));
}
