namespace NativePlugins.Host;

/// <summary>A name that a library leaves open and nothing that it can see defines.</summary>
internal sealed record MissingSymbol(BinarySymbol Symbol, BinaryImage NeededBy, IReadOnlyList<BinaryImage> Searched);

/// <summary>A version that a library needs of another one, which does not define it.</summary>
internal sealed record MissingVersion(BinaryVersionNeed Need, BinaryImage NeededBy, BinaryImage Library);

/// <summary>Binds names to definitions as the loader of ELF libraries does, to find those that it cannot bind.</summary>
internal static class SymbolResolution
{
    /// <summary>The names that stay open, in the loader's order. Weak ones may.</summary>
    /// <param name="tree">What would be loaded.</param>
    /// <param name="alsoVisible">What else has its names in the global scope: the executable and what it needs.</param>
    /// <param name="namesOf">The names of each.</param>
    public static IEnumerable<MissingSymbol> FindMissing(
        DependencyTree tree, IReadOnlyList<BinaryImage> alsoVisible, Func<BinaryImage, LibraryNames> namesOf)
    {
        LibraryNames[] scope = [.. tree.Images.Concat(alsoVisible).Distinct().Select(namesOf)];
        foreach (BinaryImage image in tree.Images)
        {
            foreach (BinarySymbol symbol in namesOf(image).Open)
            {
                bool isDefined = symbol.Library is { } library && tree.Find(library, image) is { } definer && namesOf(definer).Defines(symbol);
                if (!isDefined && !Array.Exists(scope, names => names.Defines(symbol)))
                {
                    yield return new MissingSymbol(symbol, image, tree.Images);
                }
            }
        }
    }

    /// <summary>The versions that are missing. Of a library without any the loader does not demand one: glibc, elf/dl-version.c.</summary>
    public static IEnumerable<MissingVersion> FindMissingVersions(DependencyTree tree, Func<BinaryImage, LibraryNames> namesOf)
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
}
