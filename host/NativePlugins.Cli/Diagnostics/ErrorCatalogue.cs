using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Every code with which <c>host</c> can end. NP8 is the program itself, NP9 a bug of its.</summary>
internal static class ErrorCatalogue
{
    public static ErrorEntry Usage { get; } = new("NP8001", ExitCodes.Usage,
        "The command line cannot be understood",
        "An option is unknown or lacks its value, a word that a command needs is missing, or the first word is reserved for a command of a later version. Options of host end at the plugin's name: what follows is the plugin's.",
        "See `host --help`.");

    public static ErrorEntry ConfigFile { get; } = new("NP8002", 78,
        "The configuration file cannot be used",
        "The file of --config cannot be read, or is not a JSON object.",
        "Correct the file; a plugin's settings stand in it under \"Plugins\": { \"<id>\": { … } }.");

    public static ErrorEntry Output { get; } = new("NP8003", 74,
        "The output cannot be written",
        "The system refused to take what was written to standard output: the disk is full, for example, or the file was closed. When the reader of a pipe has gone, host ends silently with 141 instead.",
        "See the system's reason under 'found'.");

    public static ErrorEntry NoDirectory { get; } = new("NP8004", 66,
        "No such directory",
        "A directory that was named to `host list` or `host pack` is not there, or is not a directory.",
        "Check the directory's name.");

    public static ErrorEntry ChildDied { get; } = new("NP8005", 70,
        "The plugin ended the process that asked it",
        "`host manifest` asks a plugin what it is in a process of its own, and that process ended before it could answer: the plugin crashed, or ended it.",
        "Run the plugin with `host run` under a debugger, or ask its author.");

    public static ErrorEntry ChildTimeout { get; } = new("NP8006", 75,
        "The plugin did not say in time what it is",
        "`host manifest` asks a plugin what it is in a process of its own. That took too long, and the process was ended.",
        "Raise the deadline (--timeout), or find out what the plugin waits for.");

    public static ErrorEntry ManifestWrite { get; } = new("NP8007", 74,
        "The manifest cannot be written",
        "The system refused to create the file, to write it, or to give it its name.",
        "See the system's reason under 'found', or write elsewhere with --output.");

    public static ErrorEntry GraphWrite { get; } = new("NP8008", 74,
        "The picture cannot be written",
        "The system refused to create the file of `host inspect --graph`, to write it, or to give it its name.",
        "See the system's reason under 'found', or name another file.");

    public static ErrorEntry NoProject { get; } = new("NP8009", 66,
        "No such project",
        "The file of `host watch --project` is not there.",
        "Name the project's file, for example Hello/Hello.csproj.");

    public static ErrorEntry NoBuildTool { get; } = new("NP8010", 69,
        "A tool that builds is missing",
        "`host watch --project` builds a plugin in C# with dotnet, and others with cmake, cargo or the command of `--build`; it could not be started.",
        "Install it, such as the .NET SDK (https://dotnet.microsoft.com/download), and put it on the PATH.");

    public static ErrorEntry BuildFailed { get; } = new("NP8011", 70,
        "The project does not build",
        "What builds it ended with an error. The plugin goes on as it was, and is built again when a source changes.",
        "Mend what the errors under 'found' name.");

    public static ErrorEntry NoPluginBuilt { get; } = new("NP8012", 65,
        "The project is not a plugin's",
        "The build succeeded and left no plugin's library, or several: in C# one with a manifest, in other languages a shared library.",
        "In C#, use the project SDK: <Project Sdk=\"NativePlugins.Sdk/VERSION\">. Have one plugin in a project.");

    public static ErrorEntry NoBuildDirectory { get; } = new("NP8013", 74,
        "The project has no place to be built to",
        "`host watch --project` builds into a private directory below the user's own data (~/.local/share, XDG_DATA_HOME), and the system refused to make it.",
        "See the system's reason under 'found'; set XDG_DATA_HOME to a directory that you may write to.");

    public static ErrorEntry StartAnew { get; } = new("NP8014", 75,
        "No fresh process can be started",
        "A library's constructors or destructors do not return, and `host watch` cannot load another one in the same process. It would have gone on in a fresh one, which the system refused to start.",
        "See the system's reason under 'found', and run the same command again.");

    public static ErrorEntry BadRecipe { get; } = new("NP8015", 78,
        "It is not said how the plugin is built",
        "`host watch --project plugin.build.json` reads from that file the command that builds the plugin, and the library that comes of it.",
        "Write both into the file: {\"command\": \"make\", \"library\": \"build/libx.so\"}. They begin in the file's directory.");

    public static ErrorEntry PackageWrite { get; } = new("NP8016", 74,
        "The package cannot be written",
        "`host pack` reads published folders and writes a package, and the system refused one of these files.",
        "See the system's reason under 'found', or name another folder with --output.");

    public static ErrorEntry NoPassphrase { get; } = new("NP8017", 78,
        "There is no passphrase for the secret key",
        "Secret keys are encrypted. `host keygen`, `host sign` and `host pack --sign-key` ask for the passphrase on the terminal, or read it from a descriptor; never from an argument, which other users of the machine can see.",
        "Run the command on a terminal; or give it, for example, --passphrase-fd 3 3< FILE, where FILE is nobody else's to read.");

    public static ErrorEntry KeyFile { get; } = new("NP8018", 74,
        "The key's file cannot be read or written",
        "The system refused to read or to write the file of a key; or there is one already, which `host keygen` never overwrites.",
        "See the system's reason under 'found'. Name another file, or move that one away.");

    public static ErrorEntry SignatureWrite { get; } = new("NP8019", 74,
        "It cannot be signed",
        "`host sign` reads the file that it signs, and writes the package anew or the signature beside the file. The system refused one of these.",
        "See the system's reason under 'found'.");

    public static ErrorEntry TrustWrite { get; } = new("NP8020", 74,
        "The trust policy cannot be written",
        "`host trust` changes the file trust.json of this user, of this program or of this machine, and the system refused it. The policy is as it was.",
        "See the system's reason under 'found'. The machine's policy is the administrator's to change.");

    public static ErrorEntry Shadowed { get; } = new("NP8021", 78,
        "Two plugins have the same id",
        "A name is looked up in one directory after the other, and the first plugin with that id is taken: the other one is never found by its name.",
        "Remove one of the two, or name the one that you want by its path.");

    public static ErrorEntry Outdated { get; } = new("NP8022", 78,
        "There is a newer version",
        "The source that the plugin was installed from has a greater version that is released.",
        "Take it with `host update`.");

    public static ErrorEntry LittleSpace { get; } = new("NP8023", 74,
        "There is little space left",
        "The file system with the directory of plugins is nearly full. An installation unpacks a version beside the one that it replaces; without the room it fails, and changes nothing.",
        "Make room, or keep plugins elsewhere (`--plugin-dir`, XDG_DATA_HOME).");

    public static ErrorEntry Bug { get; } = new("NP9001", 125,
        "A bug of host",
        "Something happened that host does not expect. It is not the plugin's fault, nor yours.",
        "Please report it, with the output of the same command with --verbose.");

    /// <summary>All entries, in the order of their codes.</summary>
    public static ErrorEntry[] All { get; } =
    [
        .. PluginErrors.All.Select(ErrorEntry.From), .. DistributionErrors.All.Select(ErrorEntry.From),
        Usage, ConfigFile, Output, NoDirectory, ChildDied, ChildTimeout, ManifestWrite, GraphWrite,
        NoProject, NoBuildTool, BuildFailed, NoPluginBuilt, NoBuildDirectory, StartAnew, BadRecipe, PackageWrite, NoPassphrase, KeyFile, SignatureWrite, TrustWrite, Shadowed, Outdated, LittleSpace, Bug,
    ];

    public static ErrorEntry? Find(string code) =>
        Array.Find(All, entry => string.Equals(entry.Code, code, StringComparison.OrdinalIgnoreCase));
}
