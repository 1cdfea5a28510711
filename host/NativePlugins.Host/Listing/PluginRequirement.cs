using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Listing;

/// <summary>A plugin that the application cannot do without: its id, and the versions that are accepted.</summary>
internal sealed record PluginRequirement(string Id, PluginVersionRange Versions)
{
    /// <summary>
    /// What to load: the path of the first plugin of that id, whose manifest is checked if it has one; the id itself if there is none.
    /// </summary>
    /// <exception cref="PluginException">The plugin of that id is refused, or has another version.</exception>
    public string Choose(IEnumerable<PluginListing> listings)
    {
        PluginListing? listing = listings.FirstOrDefault(listing => (listing.Manifest?.Id ?? listing.Stem) == Id);
        if (listing?.Refusal is PluginException refusal)
        {
            throw refusal;
        }

        if (listing?.Manifest is PluginManifest manifest)
        {
            Check(manifest.Id, manifest.Version, listing.Path);
        }

        return listing?.Path ?? Id;
    }

    /// <summary>Checks the id and version of a plugin, as it states them.</summary>
    /// <exception cref="PluginRequirementException">It is another plugin, or has another version.</exception>
    public void Check(string id, string version, string path)
    {
        if (id != Id || !Versions.Contains(version))
        {
            throw new PluginRequirementException(new PluginFailure(
                $"the application needs the plugin {UntrustedText.Quote(Id)} {UntrustedText.Escape(Versions.ToString())}")
            {
                Expected = $"{UntrustedText.Escape(Id)} {UntrustedText.Escape(Versions.ToString())}",
                Found = $"{UntrustedText.Escape(id)} {UntrustedText.Escape(version)} ({UntrustedText.Quote(path)})",
            });
        }
    }
}
