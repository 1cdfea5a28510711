using NativePlugins.Host.Resolution;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Listing;

/// <summary>Lists the plugins in the directories of the search.</summary>
internal static class PluginCatalog
{
    public static IReadOnlyList<PluginListing> List(PluginLocator locator, VerificationOptions options)
    {
        var listings = new List<PluginListing>();
        var firstById = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PluginFileCandidate candidate in locator.Enumerate())
        {
            (PluginManifest? manifest, PluginException? refusal) = Examine(candidate, options);
            string id = manifest?.Id ?? candidate.Stem;
            string? shadowedBy = firstById.TryAdd(id, candidate.Path) ? null : firstById[id];
            listings.Add(new PluginListing(candidate.Path, candidate.Stem, manifest, refusal, shadowedBy));
        }

        return listings;
    }

    private static (PluginManifest? Manifest, PluginException? Refusal) Examine(
        PluginFileCandidate candidate, VerificationOptions options)
    {
        PluginManifest? manifest = null;
        try
        {
            manifest = PluginManifest.ReadFor(candidate.Path);
            if (!options.AllowUntrustedDirectories && candidate.TrustProblem is string problem)
            {
                throw ResolutionFailures.NotTrusted(candidate.Path, problem);
            }

            PluginPreflight.Check(candidate.Path, options.AllowExecutableStack);
            return (manifest, null);
        }
        catch (PluginException e)
        {
            return (manifest, e);
        }
    }
}
