namespace NativePlugins.Cli;

/// <summary>What only <c>host watch</c> is told.</summary>
internal sealed class WatchSettings
{
    /// <summary>As typed; null when a plugin is watched.</summary>
    public string? Project { get; private set; }

    /// <summary>Whether a project is published and its library run, also where its assembly could be.</summary>
    public bool IsNative { get; private set; }

    /// <summary>The command that builds the plugin, for a shell; null if nobody has said one.</summary>
    public string? Build { get; private set; }

    /// <summary>Absolute; null for the system's place.</summary>
    public string? StagingDirectory { get; private set; }

    /// <summary>
    /// The plugin's directory, where this process takes over from one that could load nothing any more: a change there is waited for
    /// as long as there is no build that loads. Null in a process that the user has started.
    /// </summary>
    public string? AnewFrom { get; set; }

    public static CommonOption[] Options =>
    [
        new("--project", null, "FILE",
            "Watch the sources of a plugin's project instead: build it when one changes. Then there is no <plugin>. A project file of .NET, CMakeLists.txt, Cargo.toml or plugin.build.json.",
            static (settings, value) => settings.Watch.Project = value),
        new("--build", null, "COMMAND",
            "Build <plugin>, a path, with this command of the shell, here, and again when a source below this directory changes.",
            static (settings, value) => settings.Watch.Build = value),
        new("--native", null, null,
            "Publish the project, and run the library. So does host in any case; nplugin builds and runs the managed assembly, which is faster.",
            static (settings, _) => settings.Watch.IsNative = true),
        new("--staging-dir", null, "DIR",
            "Where the private copies are made from which a plugin runs. Default: the system's directory for temporary files.",
            static (settings, value) => settings.Watch.StagingDirectory = CommonOptions.FullPath("--staging-dir", value)),
    ];
}
