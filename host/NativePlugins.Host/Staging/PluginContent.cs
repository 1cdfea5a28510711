using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Staging;

/// <summary>The files of which a plugin consists, and one hash over all of them.</summary>
internal static class PluginContent
{
    /// <summary>The library, then its manifest and the files that this lists, relative to the library's directory and with <c>/</c>.</summary>
    public static IReadOnlyList<string> FilesOf(string libraryPath, PluginManifest? manifest)
    {
        var names = new List<string> { Path.GetFileName(libraryPath) };
        if (manifest is not null)
        {
            names.Add(Path.GetFileName(PluginManifest.PathFor(libraryPath)));
            names.AddRange(manifest.Files);
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    public static string Combine(IEnumerable<(string Name, string Hash)> files)
    {
        var hash = new Sha256();
        foreach ((string name, string fileHash) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name}\0{fileHash}\0"));
        }

        return Convert.ToHexStringLower(hash.Finish());
    }
}
