using System.Text;

namespace NativePlugins.Host;

/// <summary>
/// Finds out, after the system's loader has refused a library that passed <see cref="Preflight"/>, why: from files and
/// status codes, never from the loader's words. Slow; reads every library that the plugin needs.
/// </summary>
internal static class DependencyDiagnosis
{
    /// <summary>
    /// A <see cref="PluginMountNoExecException"/>, <see cref="PluginDependencyMissingException"/> or
    /// <see cref="PluginSymbolMissingException"/> to throw; null if nothing is found. Throws nothing itself.
    /// </summary>
    public static PluginException? Explain(BinaryImage image) =>
        Explain(image, HostSystem.Current, StartEnvironment.LibraryPath);

    internal static PluginException? Explain(BinaryImage image, HostSystem system, string? libraryPath)
    {
        try
        {
            if (system.FindNoExecMount(image.Path) is { } mountPoint)
            {
                return LoadingFailures.NoExec(image, image, mountPoint);
            }

            if (image.Format != system.LibraryFormat)
            {
                return null;
            }

            var resolver = DependencyResolver.OfThisProcess(system, libraryPath);
            DependencyTree tree = resolver.ReadTree(image);
            return FindMissing(image, tree, resolver) ?? ProcessDiagnosis.Explain(image, tree);
        }
        catch (Exception e) when (e is PluginException or IOException or UnauthorizedAccessException)
        {
            // A library that cannot be read any more is not explained; the loader's own refusal stands.
            return null;
        }
    }

    /// <summary>
    /// What is missing or cannot be loaded: libraries; or if there are none, the first name; or if there is none, the first version.
    /// </summary>
    public static PluginException? FindMissing(BinaryImage image, DependencyTree tree, DependencyResolver resolver)
    {
        if (tree.Broken is { } broken)
        {
            return DependencyFailures.Broken(image, broken, broken.Location!.Problem!);
        }

        if (tree.Missing is { Count: > 0 } missing)
        {
            return MissingLibrary(image, missing);
        }

        return resolver.FindMissingSymbols(tree).FirstOrDefault() is { } symbol ? MissingSymbol(image, tree, symbol)
            : resolver.FindMissingVersions(tree).FirstOrDefault() is { } version ? MissingVersion(image, version)
            : null;
    }

    private static PluginDependencyMissingException MissingLibrary(BinaryImage image, IReadOnlyList<NeededLibrary> missing)
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

        string names = string.Join(", ", missing.Select(library => UntrustedText.Quote(library.Name)));
        return new PluginDependencyMissingException(
            new PluginFailure($"{UntrustedText.Quote(image.Path)} needs {names}, which is missing.")
            {
                Expected = $"{names}, for {image.Target.Describe()}",
                Found = found.ToString(),
            });
    }

    private static PluginSymbolMissingException MissingSymbol(BinaryImage image, DependencyTree tree, MissingSymbol missing)
    {
        BinarySymbol symbol = missing.Symbol;
        string by = ReferenceEquals(missing.NeededBy, image)
            ? string.Empty
            : $" (for {UntrustedText.Quote(missing.NeededBy.Path)}, which it needs)";
        string? provider = symbol.Library is { } library && tree.Find(library, missing.NeededBy) is { } definer ? definer.Path : null;
        string searched = string.Join("\n  ", missing.Searched.Select(searchedImage => UntrustedText.Escape(searchedImage.Path)));
        return new PluginSymbolMissingException(
            new PluginFailure($"{UntrustedText.Quote(image.Path)} uses {Quote(symbol)}{by}, which nothing defines.")
            {
                Expected = provider is null
                    ? $"{Quote(symbol)} in one of the libraries that it needs"
                    : $"{Quote(symbol)} in {UntrustedText.Quote(provider)}",
                Found = $"it is in none of\n  {searched}",
            });
    }

    private static PluginSymbolMissingException MissingVersion(BinaryImage image, MissingVersion missing)
    {
        string by = ReferenceEquals(missing.NeededBy, image)
            ? string.Empty
            : $" (for {UntrustedText.Quote(missing.NeededBy.Path)}, which it needs)";
        return new PluginSymbolMissingException(
            new PluginFailure($"{UntrustedText.Quote(image.Path)} needs version {UntrustedText.Quote(missing.Need.Version)} of {UntrustedText.Quote(missing.Need.Library)}{by}, which is older.")
            {
                Expected = $"{UntrustedText.Quote(missing.Need.Library)} with the version {UntrustedText.Quote(missing.Need.Version)}",
                Found = $"{UntrustedText.Quote(missing.Library.Path)}, which does not define it",
            });
    }

    private static string Quote(BinarySymbol symbol) => $"'{symbol.Describe()}'";
}
