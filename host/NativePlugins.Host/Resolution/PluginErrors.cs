using NativePlugins.Host.Resolution;

namespace NativePlugins.Host;

/// <content>The search for a plugin.</content>
public static partial class PluginErrors
{
    /// <summary>NP1002: two files fit the name. Thrown as <see cref="PluginAmbiguousException"/>.</summary>
    public static PluginError Ambiguous { get; } = new("NP1002", 64,
        "Two files fit the name",
        "One directory holds two different files that the name could mean, for example libx.so and x.so, and neither is what was typed.",
        "Type the whole file name, or remove one of the files.");

    /// <summary>NP1003: bad element in the search path. Thrown as <see cref="PluginSearchPathException"/>.</summary>
    public static PluginError SearchPath { get; } = new("NP1003", 78,
        "Bad element in the search path",
        "NATIVE_PLUGINS_PATH, a plugin directory of the options or --plugin-dir is empty or relative. Such an element would mean the current directory, from which plugins are never loaded.",
        "Use absolute directories.");

    private static PluginError[] OfResolution => [Ambiguous, SearchPath];
}
