using NativePlugins.Binary.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Looks for what is wrong with the plugins of an installation. Runs none of them, and changes nothing.</summary>
/// <param name="store">The directory with what is installed from packages; null if this user has none.</param>
/// <param name="directory">That directory as the commands take it: <c>--plugin-dir DIR</c> with a blank before, or nothing.</param>
internal sealed class InstallationCheck(PluginStore? store, string directory)
{
    private const int MostNamed = 3;

    // A version is unpacked beside the one that it replaces, and each may have some large libraries.
    private const long LeastSpace = 64L << 20;

    private readonly List<InstalledPlugin> _installed = [];
    private readonly PackageSources _sources = new();

    /// <summary>How many plugins are installed from packages. Known after <see cref="OfStore"/>.</summary>
    public int InstalledCount => _installed.Count;

    /// <summary>What is installed from packages, and whether it is that still.</summary>
    public IEnumerable<Finding> OfStore()
    {
        if (store is null)
        {
            return [];
        }

        try
        {
            _installed.AddRange(store.List());
        }
        catch (PluginException e)
        {
            // The lock file: without it nothing else is known.
            return [Finding.Problem(store.Directory, e)];
        }

        return
        [
            .. Found(() => store.Verify().GroupBy(difference => (difference.Id, difference.Version)).Select(Differs)),
            .. Found(() => store.VerifyTrust().Select(violation => Finding.Problem(violation.Id, violation.Refusal, $"remove {violation.Id}{directory}"))),
        ];

        Finding[] Found(Func<IEnumerable<Finding>> look)
        {
            try
            {
                return [.. look()];
            }
            catch (PluginException e)
            {
                return [Finding.Problem(store.Directory, e)];
            }
        }
    }

    /// <summary>What a host finds, and whether it would load that.</summary>
    public static IEnumerable<Finding> OfPlugins(IReadOnlyList<PluginListing> listings)
    {
        foreach (PluginListing listing in listings)
        {
            string id = listing.Manifest?.Id ?? listing.Stem;
            if (listing.Refusal is PluginException refusal)
            {
                yield return Finding.Problem(id, refusal, $"inspect {UntrustedText.Quote(listing.Path)}");
            }

            if (listing.ShadowedBy is string first)
            {
                yield return new Finding(id, CliErrors.Shadowed(id, listing.Path, first), IsProblem: false);
            }
        }
    }

    /// <summary>Whether there is a newer version where a plugin came from.</summary>
    public IEnumerable<Finding> OfVersions()
    {
        foreach (InstalledPlugin plugin in _installed.Where(plugin => PackageSources.CanOpen(plugin.Source)))
        {
            if (FindNewer(plugin) is Finding finding)
            {
                yield return finding;
            }
        }
    }

    /// <summary>Whether the next installation has room.</summary>
    public IEnumerable<Finding> OfSpace() => store is not null && FreeSpace(store.Directory) is long free && OfSpace(store.Directory, free) is Finding little ? [little] : [];

    /// <summary>The finding about so much space in a directory, in bytes; null if it is enough.</summary>
    public static Finding? OfSpace(string directory, long free) =>
        free < LeastSpace ? new Finding(directory, CliErrors.LittleSpace(directory, LeastSpace, free), IsProblem: true) : null;

    /// <summary>Whether plugins can run in processes of their own.</summary>
    /// <param name="host">Whose options count.</param>
    /// <param name="isWanted">Whether they are to.</param>
    public static IEnumerable<Finding> OfIsolation(PluginHost host, bool isWanted)
    {
        try
        {
            host.RequireIsolation();
            return [];
        }
        catch (PluginException e)
        {
            return [isWanted ? Finding.Problem("isolation", e) : Finding.Hint("isolation", e)];
        }
    }

    private Finding Differs(IGrouping<(string Id, string Version), PluginDifference> differences)
    {
        string[] named = [.. differences.Take(MostNamed).Select(difference => $"{UntrustedText.Quote(difference.Path)} {InstalledJson.NameOf(difference.Kind)}")];
        int others = differences.Count() - named.Length;
        return new Finding(
            differences.Key.Id,
            CliErrors.Differs(differences.Key.Id, differences.Key.Version, string.Join(", ", named) + (others > 0 ? $", and {others} more" : "")),
            IsProblem: true,
            $"restore{directory}");
    }

    private Finding? FindNewer(InstalledPlugin plugin)
    {
        try
        {
            PluginOffer offer = store!.FindAsync(plugin.Id, null, [_sources.Open(plugin.Source)], CancellationToken.None).GetAwaiter().GetResult();
            return offer.IsUpdate ? new Finding(plugin.Id, CliErrors.Outdated(plugin, offer.Version), IsProblem: false, $"update {plugin.Id}{directory}") : null;
        }
        catch (PluginTrustPolicyException)
        {
            // A problem of all plugins, which OfStore has told.
            return null;
        }
        catch (PluginException e)
        {
            return Finding.Hint(plugin.Id, e);
        }
        catch (CliException e)
        {
            return new Finding(plugin.Id, e.Report, IsProblem: false);
        }
    }

    private static long? FreeSpace(string directory)
    {
        // It need not exist yet: it will be where its nearest parent is.
        string existing = directory;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(directory)!;
        }

        try
        {
            return new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A system that does not tell has no advice for anybody either.
            return null;
        }
    }
}
