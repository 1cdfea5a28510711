namespace NativePlugins.Host;

/// <summary>
/// Binds names as the loaders of macOS (two-level namespaces) and Windows do: each is taken from the library that the file
/// names for it. Names without a library may be anywhere, and are not judged.
/// </summary>
/// <param name="tree">What would be loaded.</param>
/// <param name="namesOf">The names of each.</param>
/// <param name="locate">Finds a library that a forwarder names, for the library that has the forwarder, in a tree of a root.</param>
internal sealed class NamedSymbolResolution(
    DependencyTree tree, Func<BinaryImage, LibraryNames> namesOf, Func<string, BinaryImage, BinaryImage, LibraryLocation?> locate)
{
    // Windows has chains of two; a file that has longer ones wants to cost time.
    private const int MaxSteps = 16;

    public IEnumerable<MissingSymbol> FindMissing()
    {
        foreach (BinaryImage image in tree.Images)
        {
            foreach (BinarySymbol symbol in namesOf(image).Open)
            {
                // A library that may be missing, or is loaded at the first call, leaves its names open.
                bool isOptional = symbol.Library is { } name && (image.WeakNeeded.Contains(name) || image.DelayedNeeded.Contains(name));
                if (symbol.Library is { } library && !isOptional && tree.Find(library, image) is { } definer
                    && !Defines(definer, symbol.Name, MaxSteps))
                {
                    yield return new MissingSymbol(symbol, image, [definer]);
                }
            }
        }
    }

    /// <summary>What cannot be read, as the system has it in no file, counts as what defines everything.</summary>
    private bool Defines(BinaryImage library, string name, int steps)
    {
        LibraryNames names = namesOf(library);
        if (names.ForwarderOf(name) is { } forwarder)
        {
            return steps == 0 || DefinesForwarded(library, forwarder, steps - 1);
        }

        return names.Defines(name)
            || (steps > 0 && library.ReexportedNeeded.Any(other => tree.Find(other, library) is not { } image || Defines(image, name, steps - 1)));
    }

    /// <summary><c>library.name</c>: the last dot parts them, as libraries may have dots in their names.</summary>
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
