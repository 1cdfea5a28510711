using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A name that a library leaves open and that no library visible to it defines.</summary>
internal sealed record MissingSymbol(BinarySymbol Symbol, BinaryImage NeededBy, IReadOnlyList<BinaryImage> Searched);

/// <summary>A version that a library needs of another library, which does not define it.</summary>
internal sealed record MissingVersion(BinaryVersionNeed Need, BinaryImage NeededBy, BinaryImage Library);

/// <summary>
/// Binds names to definitions as the loader of ELF libraries does, to find those that it cannot bind. Remembers for each library which
/// others define its open names: if all of these are there again, no name of it can be missing. Not thread-safe.
/// </summary>
/// <param name="alsoVisible">The other libraries whose names are in the global scope: the executable and what it needs.</param>
/// <param name="namesOf">The names of each library.</param>
internal sealed class SymbolResolution(Lazy<IReadOnlyList<BinaryImage>> alsoVisible, Func<BinaryImage, LibraryNames> namesOf)
{
    private const int MaxRemembered = 4096;

    private readonly Dictionary<string, string[]> _definers = [];

    /// <summary>The names that stay open, in the loader's order, without the weak ones, which may.</summary>
    /// <param name="tree">What would be loaded.</param>
    public IEnumerable<MissingSymbol> FindMissing(DependencyTree tree)
    {
        BinaryImage[] scope = [.. tree.Images.Concat(alsoVisible.Value).DistinctBy(image => image.Path)];
        HashSet<string> paths = [.. scope.Select(image => image.Path)];
        LibraryNames[]? names = null;
        foreach (BinaryImage image in tree.Images)
        {
            if (_definers.TryGetValue(image.Path, out string[]? definers) && paths.IsSupersetOf(definers))
            {
                continue;
            }

            names ??= Array.ConvertAll(scope, other => namesOf(other));
            foreach (MissingSymbol missing in FindMissing(image, tree, scope, names))
            {
                yield return missing;
            }
        }
    }

    /// <summary>The versions that are missing. The loader demands none of a library that has no versions at all: glibc, elf/dl-version.c.</summary>
    public IEnumerable<MissingVersion> FindMissingVersions(DependencyTree tree)
    {
        foreach (BinaryImage image in tree.Images)
        {
            foreach (BinaryVersionNeed need in namesOf(image).NeededVersions)
            {
                if (!need.IsWeak && tree.Find(need.Library, image) is { } library && namesOf(library).LacksVersion(need.Version))
                {
                    yield return new MissingVersion(need, image, library);
                }
            }
        }
    }

    /// <summary>The first library that defines it. The root is asked last, as it seldom defines what others leave open.</summary>
    private static int FindDefiner(in BinarySymbol symbol, LibraryNames[] names)
    {
        for (int i = 1; i < names.Length; i++)
        {
            if (names[i].Defines(symbol))
            {
                return i;
            }
        }

        return names[0].Defines(symbol) ? 0 : -1;
    }

    private List<MissingSymbol> FindMissing(BinaryImage image, DependencyTree tree, BinaryImage[] scope, LibraryNames[] names)
    {
        var missing = new List<MissingSymbol>();
        var definers = new HashSet<string>();
        foreach (BinarySymbol symbol in namesOf(image).Open)
        {
            // Mostly it is defined by the library that its version comes from.
            if (symbol.Library is { } library && tree.Find(library, image) is { } likely && namesOf(likely).Defines(symbol))
            {
                definers.Add(likely.Path);
            }
            else if (FindDefiner(symbol, names) is >= 0 and int index)
            {
                definers.Add(scope[index].Path);
            }
            else
            {
                missing.Add(new MissingSymbol(symbol, image, tree.Images));
            }
        }

        if (missing.Count == 0)
        {
            if (_definers.Count >= MaxRemembered)
            {
                _definers.Clear();
            }

            _definers[image.Path] = [.. definers];
        }

        return missing;
    }
}
