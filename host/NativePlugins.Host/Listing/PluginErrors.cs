namespace NativePlugins.Host;

/// <content>The choice among the plugins that are there.</content>
public static partial class PluginErrors
{
    /// <summary>NP4010: the application needs another version. Thrown as <see cref="PluginRequirementException"/>.</summary>
    public static PluginError Requirement { get; } = new("NP4010", 76,
        "The application needs another version",
        "The application cannot do without a plugin, and has said which versions will do. The first plugin of that id in the search path is of another version.",
        "Install a version of the plugin that fits, or take the wrong one out of the search path.");

    private static PluginError[] OfListing => [Requirement];
}
