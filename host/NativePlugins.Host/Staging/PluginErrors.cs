namespace NativePlugins.Host;

/// <content>The private copy from which a reloadable plugin runs.</content>
public static partial class PluginErrors
{
    /// <summary>NP7001: the plugin could not be staged. Thrown as <see cref="PluginStagingException"/>.</summary>
    public static PluginError Staging { get; } = new("NP7001", 74,
        "The plugin could not be staged",
        "A reloadable plugin runs from a private copy of its files, and the copy could not be made: the staging directory cannot be made or trusted, or a file of the plugin's cannot be read.",
        "See the reason under 'found'; PluginReloadOptions.StagingDirectory names another place.");

    /// <summary>NP7002: the staging directory cannot be written to. Thrown as <see cref="PluginStagingReadOnlyException"/>.</summary>
    public static PluginError StagingReadOnly { get; } = new("NP7002", 74,
        "The staging directory cannot be written to",
        "A reloadable plugin runs from a private copy of its files, and the file system for the copies is mounted read-only.",
        "Name a place on another file system: PluginReloadOptions.StagingDirectory.");

    /// <summary>NP7003: there is no room to stage the plugin. Thrown as <see cref="PluginStagingFullException"/>.</summary>
    public static PluginError StagingFull { get; } = new("NP7003", 74,
        "There is no room to stage the plugin",
        "A reloadable plugin runs from a private copy of its files, and the file system for the copies is full, or the user's share of it.",
        "Make room, or name a place on another file system: PluginReloadOptions.StagingDirectory.");

    /// <summary>NP7004: the plugin's files changed while they were staged. Thrown as <see cref="PluginSourceChangedException"/>.</summary>
    public static PluginError SourceChanged { get; } = new("NP7004", 75,
        "The plugin's files changed while they were staged",
        "A file of the plugin's was written to or replaced while it was copied: the copy may be half of the old one and half of the new.",
        "Reload when the files are complete. A build that replaces them by rename avoids it.");

    /// <summary>NP7015: a library of its own is not listed. Thrown as <see cref="PluginLibraryUnlistedException"/>.</summary>
    public static PluginError LibraryUnlisted { get; } = new("NP7015", 69,
        "A library of its own is not listed",
        "A reloadable plugin runs from a private copy of its files: its library, its manifest, and what that lists. This plugin uses a further library from its own directory, which is not listed, so that the copy would run without it or with another one of its name.",
        "List the library under \"files\" in the plugin's manifest.");

    /// <summary>NP7018: a file of the plugin's is not the one that was installed. Thrown as <see cref="PluginFileDiffersException"/>.</summary>
    public static PluginError FileDiffers { get; } = new("NP7018", 65,
        "A file of the plugin's is not the one that was installed",
        "The host was asked to load only files whose bytes are known (PluginHostOptions.Verifier, --verify). They are copied, compared while they are copied, and loaded from the copy. This one has other bytes, is missing, or is none of the plugin's: it was changed after it was installed, or during the load. Nothing of it has run.",
        "Put what is installed in order with `host restore`, or install the plugin anew. If nobody was to change the file, find out who did.");

    private static PluginError[] OfStaging => [Staging, StagingReadOnly, StagingFull, SourceChanged, LibraryUnlisted, FileDiffers];
}
