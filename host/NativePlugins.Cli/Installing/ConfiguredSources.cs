using System.Net;

namespace NativePlugins.Cli;

/// <summary>What NuGet's configuration says of sources. The .NET tool reads it; in the executable, which reads no feeds, nothing is ever found.</summary>
internal static partial class ConfiguredSources
{
    /// <summary>The folder, or the address of a feed, that is called so; null if none is.</summary>
    /// <exception cref="CliException">The configuration cannot be read, or says that the source is not to be used.</exception>
    public static string? Find(string name)
    {
        string? found = null;
        Find(name, ref found);
        return found;
    }

    /// <summary>The user's name and password for the feed at an address; null if there are none.</summary>
    /// <exception cref="CliException">The configuration, or the password in it, cannot be read.</exception>
    public static NetworkCredential? FindCredentials(string address)
    {
        NetworkCredential? found = null;
        FindCredentials(address, ref found);
        return found;
    }

    static partial void Find(string name, ref string? found);

    static partial void FindCredentials(string address, ref NetworkCredential? found);
}
