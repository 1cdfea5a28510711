using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Resolution;

/// <summary>A typed name, and the file names that it can mean.</summary>
/// <param name="Typed">The name as it was typed.</param>
/// <param name="Stem">The name without a leading <c>lib</c> and without <c>.so</c>, <c>.dylib</c> or <c>.dll</c>.</param>
/// <param name="KeptStem">The stem with the typed <c>lib</c> kept, as a plugin may be called <c>library</c>.</param>
internal readonly record struct PluginFileName(string Typed, string Stem, string KeptStem)
{
    private const string Prefix = "lib";

    public bool TypedPrefix => Stem.Length != KeptStem.Length;

    public static PluginFileName Parse(string typed)
    {
        string kept = WithoutExtension(typed);
        bool hasPrefix = kept.Length > Prefix.Length && kept.StartsWith(Prefix, StringComparison.Ordinal);
        return new PluginFileName(typed, hasPrefix ? kept[Prefix.Length..] : kept, kept);
    }

    public static string StemOf(string fileName) => Parse(fileName).Stem;

    /// <summary>Whether a file of this name is a library on this system: <c>{stem}{ext}</c>, with or without <c>lib</c>.</summary>
    public static bool IsLibrary(string fileName, FileSystem system) =>
        fileName.Length > system.LibraryExtension.Length
        && fileName.EndsWith(system.LibraryExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file names to try in a plugin directory, the typed one first, each once.</summary>
    public List<string> InPluginDirectory(FileSystem system)
    {
        var names = new List<string>(5) { Typed };
        AddOnce(names, system.LibraryPrefix + Stem + system.LibraryExtension);
        AddOnce(names, Stem + system.LibraryExtension);
        if (TypedPrefix)
        {
            AddOnce(names, system.LibraryPrefix + KeptStem + system.LibraryExtension);
            AddOnce(names, KeptStem + system.LibraryExtension);
        }

        return names;
    }

    /// <summary>The paths to try in a folder of the plugin's own, relative to a plugin directory: the folder and the library in it.</summary>
    public List<string> InOwnFolder(FileSystem system)
    {
        var names = new List<string>(4);
        AddOwnFolder(names, Stem, system);
        if (TypedPrefix)
        {
            AddOwnFolder(names, KeptStem, system);
        }

        return names;
    }

    private static void AddOwnFolder(List<string> names, string stem, FileSystem system)
    {
        if (stem is "." or "..")
        {
            return;
        }

        AddOnce(names, Path.Join(stem, system.LibraryPrefix + stem + system.LibraryExtension));
        AddOnce(names, Path.Join(stem, stem + system.LibraryExtension));
    }

    private static void AddOnce(List<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static string WithoutExtension(string name)
    {
        ReadOnlySpan<string> extensions = [".so", ".dylib", ".dll"];
        foreach (string extension in extensions)
        {
            if (name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^extension.Length];
            }
        }

        return name;
    }
}
