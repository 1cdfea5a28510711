namespace NativePlugins.Host;

/// <summary>What the system says about a plugin's installed files, at one moment.</summary>
/// <param name="HasLibrary">Whether there is a library.</param>
/// <param name="Stamps">Of each file: name, place, size and times, in the order of the names.</param>
internal sealed record InstalledStamp(bool HasLibrary, string Stamps);

/// <summary>A plugin's files where they are installed: the library, its manifest and what that lists.</summary>
internal class InstalledFiles(string installedPath, bool readsManifest)
{
    /// <summary>A few status calls: nothing is opened but the manifest.</summary>
    public virtual InstalledStamp Stamp()
    {
        if (!HostSystem.Current.GetRealPath(installedPath, out string library).IsNone)
        {
            return new InstalledStamp(HasLibrary: false, "");
        }

        string directory = Path.GetDirectoryName(library)!;
        IEnumerable<string> stamps = Names(library)
            .Append(Path.GetFileName(PluginManifest.PathFor(library))).Distinct(StringComparer.Ordinal)
            .Select(name => $"{name} {Stamp(Path.Combine(directory, name))}");
        return new InstalledStamp(HasLibrary: true, string.Join('\n', stamps.Prepend(library)));
    }

    /// <summary>The hash over the contents of all files, as staging computes it; null if one of them cannot be read now.</summary>
    public virtual string? Hash()
    {
        if (!HostSystem.Current.GetRealPath(installedPath, out string library).IsNone)
        {
            return null;
        }

        try
        {
            string directory = Path.GetDirectoryName(library)!;
            var files = new List<(string, string)>();
            foreach (string name in Names(library))
            {
                using BinaryFile file = BinaryFile.Open(Path.Combine(directory, name), HostSystem.Current);
                files.Add((name, file.ComputeSha256()));
            }

            return PluginContent.Combine(files);
        }
        catch (PluginException)
        {
            return null;
        }
    }

    private IReadOnlyList<string> Names(string library)
    {
        try
        {
            return PluginContent.FilesOf(library, readsManifest ? PluginManifest.ReadFor(library) : null);
        }
        catch (PluginException)
        {
            // A manifest that cannot be read: the reload says so.
            return PluginContent.FilesOf(library, null);
        }
    }

    private static string Stamp(string path) =>
        HostSystem.Current.GetStatus(path, followLinks: true, out FileStatus status).IsNone
            ? status.DescribeVersion()
            : "missing";
}
