using System.Text;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// Finds out why the system's loader has refused a library that passed <see cref="Preflight"/>: from files and status codes, never from the
/// loader's words. Slow, as it reads every library that is needed.
/// </summary>
internal static class DependencyDiagnosis
{
    /// <summary>What is missing, cannot be loaded, or may not be mapped; null if nothing is found. Throws nothing.</summary>
    public static BinaryReason? Explain(BinaryImage image) =>
        Explain(image, FileSystem.Current, StartEnvironment.LibraryPath);

    internal static BinaryReason? Explain(BinaryImage image, FileSystem system, string? libraryPath)
    {
        try
        {
            if (system.FindNoExecMount(image.Path) is { } mountPoint)
            {
                return ProcessFailures.NoExec(image, image, mountPoint);
            }

            if (image.Format != system.LibraryFormat)
            {
                return null;
            }

            var resolver = DependencyResolver.OfThisProcess(system, libraryPath);
            DependencyTree tree = resolver.ReadTree(image);
            return FindMissing(image, tree, resolver) ?? ProcessDiagnosis.Explain(image, tree);
        }
        catch (Exception e) when (e is BinaryException or IOException or UnauthorizedAccessException)
        {
            // If a library can no longer be read, nothing is explained, and the loader's own refusal stands.
            return null;
        }
    }

    /// <summary>
    /// The libraries that are missing or cannot be loaded; if there are none, the first missing name; if there is none either, the first
    /// missing version.
    /// </summary>
    public static BinaryReason? FindMissing(BinaryImage image, DependencyTree tree, DependencyResolver resolver)
    {
        if (tree.Broken is { } broken)
        {
            return DependencyFailures.Broken(image, broken, broken.Location!.Problem!);
        }

        if (tree.Missing is { Count: > 0 } missing)
        {
            return MissingLibrary(image, missing, resolver.IsOfThisProcess ? StartEnvironment.DescribeLaterLibraryPath() : null);
        }

        return resolver.FindMissingSymbols(tree).FirstOrDefault() is { } symbol ? MissingSymbol(image, tree, symbol)
            : resolver.FindMissingVersions(tree).FirstOrDefault() is { } version ? MissingVersion(image, version)
            : null;
    }

    private static BinaryReason MissingLibrary(BinaryImage image, IReadOnlyList<NeededLibrary> missing, string? laterLibraryPath)
    {
        var found = new StringBuilder();
        foreach (NeededLibrary library in missing)
        {
            found.Append(found.Length == 0 ? string.Empty : "\n")
                .Append(UntrustedText.Quote(library.Name)).Append(", needed by ")
                .Append(UntrustedText.Quote(library.NeededBy.Path)).Append(", is in none of");
            foreach (string place in library.Searched.Distinct())
            {
                found.Append("\n  ").Append(UntrustedText.Escape(place));
            }
        }

        found.Append(laterLibraryPath is null ? string.Empty : "\n" + laterLibraryPath);
        string names = string.Join(", ", missing.Select(library => UntrustedText.Quote(library.Name)));
        return new BinaryReason(BinaryErrors.DependencyMissing, $"{UntrustedText.Quote(image.Path)} needs {names}, which is missing.")
            {
                Expected = $"{names}, for {image.Target.Describe()}",
                Found = found.ToString(),
            };
    }

    private static BinaryReason MissingSymbol(BinaryImage image, DependencyTree tree, MissingSymbol missing)
    {
        BinarySymbol symbol = missing.Symbol;
        string by = ReferenceEquals(missing.NeededBy, image)
            ? string.Empty
            : $" (for {UntrustedText.Quote(missing.NeededBy.Path)}, which it needs)";
        string? provider = symbol.Library is { } library && tree.Find(library, missing.NeededBy) is { } definer ? definer.Path : null;
        string searched = string.Join("\n  ", missing.Searched.Select(searchedImage => UntrustedText.Escape(searchedImage.Path)));
        return new BinaryReason(BinaryErrors.SymbolMissing, $"{UntrustedText.Quote(image.Path)} uses {Quote(symbol)}{by}, which nothing defines.")
            {
                Expected = provider is null
                    ? $"{Quote(symbol)} in one of the libraries that it needs"
                    : $"{Quote(symbol)} in {UntrustedText.Quote(provider)}",
                Found = $"it is in none of\n  {searched}",
            };
    }

    private static BinaryReason MissingVersion(BinaryImage image, MissingVersion missing)
    {
        string by = ReferenceEquals(missing.NeededBy, image)
            ? string.Empty
            : $" (for {UntrustedText.Quote(missing.NeededBy.Path)}, which it needs)";
        return new BinaryReason(BinaryErrors.SymbolMissing, $"{UntrustedText.Quote(image.Path)} needs version {UntrustedText.Quote(missing.Need.Version)} of {UntrustedText.Quote(missing.Need.Library)}{by}, which is older.")
            {
                Expected = $"{UntrustedText.Quote(missing.Need.Library)} with the version {UntrustedText.Quote(missing.Need.Version)}",
                Found = $"{UntrustedText.Quote(missing.Library.Path)}, which does not define it",
            };
    }

    private static string Quote(BinarySymbol symbol) => $"'{symbol.Describe()}'";
}
