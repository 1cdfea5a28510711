namespace NativePlugins.Cli;

/// <summary>What the options of the commands about packages say.</summary>
internal sealed class InstallSettings
{
    /// <summary>Where packages come from: absolute paths of folders, and addresses of feeds.</summary>
    public List<string> Sources { get; } = [];

    /// <summary>Whether to say only what would be done.</summary>
    public bool IsDryRun { get; set; }

    /// <summary>Of <c>install</c>: whether to go back to the version before.</summary>
    public bool RollsBack { get; set; }

    /// <summary>Of <c>list</c>: whether to show what is installed.</summary>
    public bool ListsInstalled { get; set; }

    /// <summary>Of <c>pack</c>: the folder for the package.</summary>
    public string? PackageFolder { get; set; }

    public string? Authors { get; set; }

    public string? PackageDescription { get; set; }

    public string? License { get; set; }

    public string? Readme { get; set; }

    private static CommonOption Source { get; } = new("--source", null, "SOURCE",
        "Take packages from a folder or, with nplugin, from a NuGet feed: SOURCE is the address of its index, or its name in NuGet's configuration. May be given several times. Default: where the installed ones came from.",
        static (settings, value) => settings.Installing.Sources.Add(PackageSources.Parse(value)));

    private static CommonOption DryRun { get; } = new("--dry-run", null, null,
        "Say what would be done, and do nothing.", static (settings, _) => settings.Installing.IsDryRun = true);

    public static CommonOption[] OfInstall { get; } =
    [
        Source,
        DryRun,
        new("--rollback", null, null, "Go back to the version that was installed before; once more goes forward again.",
            static (settings, _) => settings.Installing.RollsBack = true),
    ];

    public static CommonOption[] OfUpdate { get; } = [Source, DryRun];

    public static CommonOption[] OfSources { get; } = [Source];

    public static CommonOption[] OfPack { get; } =
    [
        new("--output", null, "DIR", "The folder for the package. It is made if it is missing. Default: the current directory.",
            static (settings, value) => settings.Installing.PackageFolder = CommonOptions.FullPath("--output", value)),
        new("--authors", null, "TEXT", "Who made the plugin. Default: its id.", static (settings, value) => settings.Installing.Authors = value),
        new("--description", null, "TEXT", "What the plugin is for. Default: its name.",
            static (settings, value) => settings.Installing.PackageDescription = value),
        new("--license", null, "SPDX", "Its licence as an SPDX expression, such as MIT.", static (settings, value) => settings.Installing.License = value),
        new("--readme", null, "FILE", "A README in Markdown that goes into the package.",
            static (settings, value) => settings.Installing.Readme = CommonOptions.FullPath("--readme", value)),
    ];
}
