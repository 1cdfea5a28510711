namespace NativePlugins.Host.Resolution;

/// <summary>Where plugins are looked for by name.</summary>
internal sealed record PluginSearch
{
    public const string EnvironmentVariable = "NATIVE_PLUGINS_PATH";

    /// <summary>Absolute directories, searched first and in this order.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>Whether the directories of <c>NATIVE_PLUGINS_PATH</c> come next.</summary>
    public bool IncludeEnvironment { get; init; } = true;

    /// <summary>Whether the host's own real directory and its <c>plugins/</c> come then.</summary>
    public bool IncludeHostDirectory { get; init; } = true;

    /// <summary>The directory of this user's own plugins, which comes last; null for none.</summary>
    public string? UserDirectory { get; init; }

    /// <summary>Whether plugins may lie where other users can write.</summary>
    public bool AllowUntrustedDirectories { get; init; }
}
