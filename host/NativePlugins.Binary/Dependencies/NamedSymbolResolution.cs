using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Binds names as the loaders of macOS (two-level namespaces) and Windows do: each name is taken from the library that the file states for
/// it. A name without a library may be anywhere, and is not judged.
/// </summary>
/// <param name="tree">What would be loaded.</param>
/// <param name="namesOf">The names of each library.</param>
/// <param name="locate">Finds the library that a forwarder names: takes that name and the library with the forwarder, in a tree of a root.</param>
internal sealed class NamedSymbolResolution(
    DependencyTree tree, Func<BinaryImage, LibraryNames> namesOf, Func<string, BinaryImage, BinaryImage, LibraryLocation?> locate)
{
    // Windows has chains of two; a file with longer ones is made to cost time.
    private const int MaxSteps = 16;

    private readonly Dictionary<string, LibraryNames[]?> _exporters = [];

    public IEnumerable<MissingSymbol> FindMissing()
    {
        foreach (BinaryImage image in tree.Images)
        {
            foreach (BinarySymbol symbol in namesOf(image).Open)
            {
                // If a library may be missing, or is loaded at the first call, its names may stay open.
                bool isOptional = symbol.Library is { } name && (image.WeakNeeded.Contains(name) || image.DelayedNeeded.Contains(name));
                if (symbol.Library is { } library && !isOptional && tree.Find(library, image) is { } definer
                    && !Defines(definer, symbol.Name, MaxSteps))
                {
                    yield return new MissingSymbol(symbol, image, [definer]);
                }
            }
        }
    }

    /// <summary>A library that cannot be read, because the system has it in no file, counts as defining every name.</summary>
    private bool Defines(BinaryImage library, string name, int steps) => namesOf(library).ForwarderOf(name) is { } forwarder
        ? steps == 0 || DefinesForwarded(library, forwarder, steps - 1)
        : ExportersOf(library) is not { } exporters || Array.Exists(exporters, names => names.Defines(name));

    /// <summary>The library and all libraries that it re-exports, each once; null if one of them cannot be read.</summary>
    private LibraryNames[]? ExportersOf(BinaryImage library)
    {
        if (!_exporters.TryGetValue(library.Path, out LibraryNames[]? exporters))
        {
            exporters = FindReexported(library) is { } images ? [.. images.Select(namesOf)] : null;
            _exporters.Add(library.Path, exporters);
        }

        return exporters;
    }

    private List<BinaryImage>? FindReexported(BinaryImage library)
    {
        var images = new List<BinaryImage> { library };
        var seen = new HashSet<string> { library.Path };
        for (int i = 0; i < images.Count; i++)
        {
            foreach (string name in images[i].ReexportedNeeded)
            {
                if (tree.Find(name, images[i]) is not { } image)
                {
                    return null;
                }

                if (seen.Add(image.Path))
                {
                    images.Add(image);
                }
            }
        }

        return images;
    }

    /// <summary>A forwarder is <c>library.name</c>. The last dot separates the two, as a library's name may have dots.</summary>
    private bool DefinesForwarded(BinaryImage library, string forwarder, int steps)
    {
        int dot = forwarder.LastIndexOf('.');
        if (dot <= 0)
        {
            return false;
        }

        string name = forwarder[..dot];
        string file = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name : name + ".dll";
        if (tree.Find(file, library) is { } known)
        {
            return Defines(known, forwarder[(dot + 1)..], steps);
        }

        return locate(file, library, tree.Images[0]) is { } location
            && (location.Image is not { } image || Defines(image, forwarder[(dot + 1)..], steps));
    }
}
