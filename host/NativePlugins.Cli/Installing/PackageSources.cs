using System.Diagnostics.CodeAnalysis;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>What <c>--source</c> and the lock file call sources: folders by their absolute paths, feeds by the addresses of their indexes.</summary>
internal sealed class PackageSources
{
    // Left out of what NativeAOT publishes: HTTP made hello_world's run 1.06 to 1.15 times as long, although it was not used.
    [FeatureSwitchDefinition("NativePlugins.Cli.Feeds.IsSupported")]
    private static bool ReadsFeeds { get; } = !AppContext.TryGetSwitch("NativePlugins.Cli.Feeds.IsSupported", out bool isOn) || isOn;

    private readonly Dictionary<string, PluginSource> _opened = new(StringComparer.Ordinal);

    /// <returns>The source's name as the lock file has it.</returns>
    /// <exception cref="CliException">It is no address of a feed, although it looks like one.</exception>
    public static string Parse(string value)
    {
        if (ReadsFeeds && IsName(value) && ConfiguredSources.Find(value) is { } configured)
        {
            value = configured;
        }

        if (!value.Contains("://", StringComparison.Ordinal))
        {
            return CommonOptions.FullPath("--source", value);
        }

        if (!ReadsFeeds)
        {
            throw CliErrors.BadValue("--source", "a folder with packages; the .NET tool nplugin reads feeds in the network", WithoutSecrets(value));
        }

        try
        {
            using var feed = new FeedSource(value);
            return feed.Name;
        }
        catch (ArgumentException)
        {
            throw CliErrors.BadValue("--source", "a folder with packages, or the address of a feed's index, such as https://example.org/v3/index.json, without a user, a password or a query", WithoutSecrets(value));
        }
    }

    /// <summary>Whether this program can open it: an application may have installed from a source of its own kind.</summary>
    public static bool CanOpen(string name) => (ReadsFeeds && IsFeed(name)) || Path.IsPathFullyQualified(name);

    /// <summary>
    /// Opens a source by its name in the lock file: once for all plugins that come from it, so that a feed's index is read once. A feed's
    /// connections end with the process.
    /// </summary>
    public PluginSource Open(string name) => _opened.TryGetValue(name, out PluginSource? source) ? source
        : _opened[name] = ReadsFeeds && IsFeed(name) ? new FeedSource(name, new FeedSourceOptions { Credentials = ConfiguredSources.FindCredentials(name) }) : new FolderSource(name);

    /// <summary>As with plugins: what has a separator, or is a dot, is a path.</summary>
    private static bool IsName(string value) => value is not ("." or "..") && !value.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    private static bool IsFeed(string name) =>
        name.StartsWith("https://", StringComparison.Ordinal) || name.StartsWith("http://", StringComparison.Ordinal);

    private static string WithoutSecrets(string value) => Uri.TryCreate(value, UriKind.Absolute, out Uri? address)
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : value[..(value.IndexOf("://", StringComparison.Ordinal) + 3)];
}
