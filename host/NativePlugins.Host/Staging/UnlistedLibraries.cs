using System.Text.Json;
using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Staging;

/// <summary>
/// The libraries that a plugin uses from where it is installed, but that its private copy would lack, because nothing says that they belong
/// to the plugin. The plugin would run unstaged, but not staged.
/// </summary>
internal static class UnlistedLibraries
{
    /// <exception cref="PluginLibraryUnlistedException">There is such a library.</exception>
    public static void Refuse(VerifiedPlugin installed, StagedPlugin staged)
    {
        HashSet<string> unlisted = FindBeside(installed, staged);
        if (unlisted.Count != 0 && FindUsed(installed.Binary, unlisted) is { Count: not 0 } used)
        {
            throw Unlisted(installed, used);
        }
    }

    /// <summary>The files there that the names and search paths of the plugin's libraries can mean. Takes a few status calls.</summary>
    private static HashSet<string> FindBeside(VerifiedPlugin installed, StagedPlugin staged)
    {
        StringComparer paths = FileSystem.Current.PathComparer;
        string[] listed = [.. staged.Files.Select(file => FullPath(installed.File.Directory, file.Name))];
        return listed.Skip(1).Select(TryRead).OfType<BinaryImage>().Prepend(installed.Binary)
            .SelectMany(image => image.Needed.SelectMany(name => Places(image, name, installed.Binary)))
            .Where(path => !listed.Contains(path, paths)
                && FileSystem.Current.GetStatus(path, followLinks: true, out FileStatus status).IsNone && status.IsRegular)
            .ToHashSet(paths);
    }

    /// <summary>The places that a name means depending on where the library lies.</summary>
    private static IEnumerable<string> Places(BinaryImage image, string name, BinaryImage plugin)
    {
        string directory = Path.GetDirectoryName(image.Path)!;
        string[] elements = (image.RunPath ?? image.RPath ?? plugin.RPath ?? "").Split(':');
        return image.Format switch
        {
            BinaryFormat.Pe => [FullPath(directory, name)],
            BinaryFormat.MachO when name.StartsWith("@rpath/", StringComparison.Ordinal) =>
                elements.Where(IsRelative).Select(element => FullPath(directory, $"{Relative(element)}/{name["@rpath/".Length..]}")),
            _ when name.Contains('/', StringComparison.Ordinal) => IsRelative(name) ? [FullPath(directory, Relative(name))] : [],
            _ => elements.Where(IsRelative).Select(element => FullPath(directory, $"{Relative(element)}/{name}")),
        };
    }

    private static bool IsRelative(string text) => Relative(text).Length != text.Length;

    private static string Relative(string text) => text
        .Replace("${ORIGIN}", ".", StringComparison.Ordinal).Replace("$ORIGIN", ".", StringComparison.Ordinal)
        .Replace("@loader_path", ".", StringComparison.Ordinal);

    private static string FullPath(string directory, string name) => Path.GetFullPath(name.Replace('/', Path.DirectorySeparatorChar), directory);

    /// <summary>Those that the loader would really use: it may find another library first.</summary>
    private static IReadOnlyList<string> FindUsed(BinaryImage plugin, HashSet<string> unlisted)
    {
        try
        {
            DependencyTree tree = DependencyResolver.OfThisProcess(FileSystem.Current, StartEnvironment.LibraryPath).ReadTree(plugin);
            return
            [
                .. tree.Needed.Select(needed => needed.Location?.Path).OfType<string>().Select(Path.GetFullPath)
                    .Where(unlisted.Contains).Distinct(FileSystem.Current.PathComparer),
            ];
        }
        catch (BinaryException)
        {
            // Loading it says what is wrong with it.
            return [];
        }
    }

    private static BinaryImage? TryRead(string path)
    {
        try
        {
            return Preflight.Read(path, FileSystem.Current);
        }
        catch (BinaryException)
        {
            // The file is data, not a library.
            return null;
        }
    }

    private static PluginLibraryUnlistedException Unlisted(VerifiedPlugin plugin, IReadOnlyList<string> used)
    {
        string directory = plugin.File.Directory;
        string manifest = PluginManifest.PathFor(plugin.File.Path);
        string[] names = [.. used.Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))];
        string list = string.Join(", ", (plugin.Manifest?.Files ?? []).Concat(names).Select(name => $"\"{JsonEncodedText.Encode(name)}\""));
        return new(new PluginFailure(
            $"{UntrustedText.Quote(plugin.File.Path)} uses {string.Join(", ", used.Select(path => UntrustedText.Quote(path)))}, which its private copy would miss.")
        {
            Expected = "every library that the plugin uses from its own directory, in the list of its manifest",
            Found = plugin.Manifest is null ? "no manifest" : $"{UntrustedText.Quote(manifest)}, which does not list it",
            Advice = names.Any(name => name.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(name))
                ? "Install the library in the plugin's directory or below it, and list it in the manifest; or link with an absolute path to it."
                : $"{(plugin.Manifest is null ? $"Write the manifest, {UntrustedText.Quote(manifest)} (`host manifest` does), and in it" : "Write in it")} \"files\": [{list}].",
        });
    }
}
