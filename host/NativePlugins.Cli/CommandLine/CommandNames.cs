using NativePlugins.Host.Resolution;

namespace NativePlugins.Cli;

/// <summary>A command: what the help shows of it, and what it takes.</summary>
/// <param name="Name">The word that stands for it in first place.</param>
/// <param name="Arguments">Its arguments, as its usage line shows them.</param>
/// <param name="Description">One line for the help.</param>
/// <param name="ArgumentDescription">What its arguments are.</param>
/// <param name="LeastArguments">How many it needs.</param>
/// <param name="MostArguments">How many it takes.</param>
/// <param name="OwnOptions">The options that only it takes.</param>
internal sealed record CommandInfo(
    string Name,
    string Arguments,
    string Description,
    string ArgumentDescription,
    int LeastArguments,
    int MostArguments,
    params CommonOption[] OwnOptions)
{
    public CommonOption[] Options => [.. OwnOptions, .. CommonOptions.All];
}

/// <summary>The words that mean something in first place.</summary>
internal static class CommandNames
{
    public const string Run = "run";
    public const string List = "list";
    public const string Inspect = "inspect";
    public const string Watch = "watch";
    public const string Manifest = "manifest";
    public const string Explain = "explain";
    public const string Pack = "pack";
    public const string Install = "install";
    public const string Update = "update";
    public const string Outdated = "outdated";
    public const string Remove = "remove";
    public const string Restore = "restore";
    public const string Verify = "verify";
    public const string Keygen = "keygen";
    public const string Sign = "sign";
    public const string Trust = "trust";
    public const string Doctor = "doctor";
    public const string Processes = "ps";

    /// <summary>
    /// First word of the process in which a plugin is asked what it is. It begins with dashes, so that no plugin's name
    /// can be it, and is no option.
    /// </summary>
    public const string DescribeChild = "--describe-in-child";

    /// <summary>
    /// First word, before a directory and the user's own words, of the process that goes on with what another one watched:
    /// <see cref="WatchSettings.AnewFrom"/>.
    /// </summary>
    public const string WatchAnew = "--watch-anew";

    private static readonly string[] s_reserved =
        ["validate", "top", "help", "header", "new"];

    public static CommandInfo[] All { get; } =
    [
        new(Run, "<plugin> [args…]", "Load a plugin, start it, run its command, stop it. The word run may be left out.",
            "The plugin's name, or a path to its library; then its own arguments, which host does not look at.", 1, int.MaxValue),
        new(List, "[dir…]", "Show the plugins that are there, without running any of their code.",
            "Directories to look in, instead of those in which plugins are looked up by name.", 0, int.MaxValue,
            new CommonOption("--installed", null, null, "Show what is installed from packages instead: id, version, the version before, system, source.",
                static (settings, _) => settings.Installing.ListsInstalled = true)),
        new(Inspect, "<file|dir>…", "Look into any binary file, of any system, and say why it would not load. Runs none of it.",
            "Files; or directories, of which every file with a library's name is inspected, also in those below.", 1, int.MaxValue,
            InspectionSettings.Options),
        new(Watch, "<plugin> [args…]", "Run a plugin's command, and again whenever the plugin has been rebuilt. A broken build changes nothing.",
            "The plugin's name, or a path to its library; then its own arguments, which host does not look at.", 1, int.MaxValue,
            WatchSettings.Options),
        new(Manifest, "<file>", "Write the manifest of a plugin that another toolchain built.",
            "The plugin's library. It is asked in a process of its own.", 1, 1,
            new CommonOption("--output", null, "FILE",
                "Where to write; - is standard output. Default: beside the library, as libX.plugin.json.",
                static (settings, value) => settings.OutputFile = value)),
        new(Explain, "[code]", "Say what an error means and what to do about it.",
            "The code, such as NP1001. Without one, all are listed.", 0, 1),
        new(Pack, "<folder>…", "Make a package of a plugin: one file for all systems.",
            "The folders into which the plugin was published, one a system.", 1, int.MaxValue, [.. InstallSettings.OfPack, .. SigningSettings.OfPack]),
        new(Install, "<id[@range]>", "Install a plugin from a folder of packages, or another version of it.",
            "The plugin's id; and which versions will do: hello@1.2.0, 'hello@>= 1.2 < 2.0'. Default: the greatest that is released.", 1, 1, InstallSettings.OfInstall),
        new(Update, "[id…]", "Change installed plugins to the newest version.",
            "Their ids. Without one, all are updated.", 0, int.MaxValue, InstallSettings.OfUpdate),
        new(Outdated, "[id…]", "Show which installed plugins have a newer version: id, installed, newest, source. Its status is 1 if one has.",
            "Their ids. Without one, all are looked up.", 0, int.MaxValue, InstallSettings.OfSources),
        new(Remove, "<id>…", "Remove installed plugins with all their versions.", "Their ids.", 1, int.MaxValue),
        new(Restore, "", "Install exactly what the lock file names, where it is missing or changed.",
            "The lock file plugins.lock.json stands in the directory of plugins.", 0, 0, InstallSettings.OfSources),
        new(Verify, "[package…]", "Compare all files of installed plugins with the lock file; its status is 1 if one differs. Or check packages: are they whole, who signed them?",
            "Packages, ID.VERSION.nupkg. Without one, the installed plugins are compared.", 0, int.MaxValue, SigningSettings.OfVerify),
        new(Keygen, "<name>", "Make a pair of keys to sign packages with: NAME.key, which is encrypted with a passphrase, and NAME.pub.",
            "The keys' files without .key and .pub. They must not be there.", 1, 1, SigningSettings.Passphrase),
        new(Sign, "<file>…", "Sign packages, each inside of itself, or other files, each by a file FILE.minisig beside it.",
            "Packages, ID.VERSION.nupkg, or other files.", 1, int.MaxValue, SigningSettings.OfSign),
        new(Trust, "<add|remove|list> [id]", "Say which plugins may be installed: who must have signed them, from where they come, from which version on.",
            "What to do, and for which ids: one, 'acme.*' for all that begin so, or '*' for all. The narrowest rule counts.", 1, 2, TrustSettings.Options),
        new(Doctor, "", "Say what is wrong with this installation, and which command mends it. Changes nothing, and runs no plugin.",
            "Its status is 1 if there is a problem; a hint changes nothing.", 0, 0),
        new(Processes, "", "Show the processes of isolated plugins, of all of this user's applications.",
            "Those that run now, with what they use.", 0, 0),
    ];

    public static CommandInfo Get(string name) => Find(name)!;

    public static CommandInfo? Find(string word) => Array.Find(All, command => command.Name == word);

    public static bool IsReserved(string word) => Array.IndexOf(s_reserved, word) >= 0;

    /// <summary>The command that was probably meant, or null.</summary>
    public static string? FindNearest(string typed) => EditDistance.FindNearest(typed, All.Select(command => command.Name));
}
