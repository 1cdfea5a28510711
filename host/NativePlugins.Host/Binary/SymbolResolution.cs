namespace NativePlugins.Host;

/// <summary>A name that a library leaves open and nothing that it can see defines.</summary>
internal sealed record MissingSymbol(BinarySymbol Symbol, BinaryImage NeededBy, IReadOnlyList<BinaryImage> Searched);

/// <summary>Binds names to definitions as the system's loader does, to find one that it cannot bind.</summary>
internal sealed class SymbolResolution
{
    // Definitions by name alone, and by name and version.
    private readonly HashSet<string> _names = [];
    private readonly HashSet<(string Name, string Version)> _versioned = [];

    // What has no versions at all satisfies any: glibc, do_lookup_x.
    private readonly HashSet<string> _unversioned = [];
    private readonly Dictionary<BinaryImage, BinarySymbols> _symbols = new(ReferenceEqualityComparer.Instance);

    /// <param name="tree">What would be loaded.</param>
    /// <param name="alsoVisible">What else has its names in the global scope: the executable and what it needs.</param>
    public static MissingSymbol? FindMissing(DependencyTree tree, IReadOnlyList<BinaryImage> alsoVisible)
    {
        var resolution = new SymbolResolution();
        foreach (BinaryImage image in tree.Images.Concat(alsoVisible))
        {
            resolution.AddDefinitions(image);
        }

        foreach (BinaryImage image in tree.Images)
        {
            foreach (BinarySymbol symbol in resolution._symbols[image].Undefined)
            {
                if (!symbol.IsWeak && !resolution.IsDefined(symbol))
                {
                    return new MissingSymbol(symbol, image, tree.Images);
                }
            }
        }

        return null;
    }

    private void AddDefinitions(BinaryImage image)
    {
        if (_symbols.ContainsKey(image))
        {
            return;
        }

        BinarySymbols symbols = image.ReadSymbols();
        _symbols[image] = symbols;
        foreach (BinarySymbol symbol in symbols.Exports)
        {
            _names.Add(symbol.Name);
            if (symbol.Version is not null)
            {
                _versioned.Add((symbol.Name, symbol.Version));
            }
            else if (symbols.DefinedVersions.Count == 0)
            {
                _unversioned.Add(symbol.Name);
            }
        }
    }

    private bool IsDefined(BinarySymbol symbol) => symbol.Version is null
        ? _names.Contains(symbol.Name)
        : _versioned.Contains((symbol.Name, symbol.Version)) || _unversioned.Contains(symbol.Name);
}
