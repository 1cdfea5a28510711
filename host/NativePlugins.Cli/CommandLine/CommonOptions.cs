using Microsoft.Extensions.Logging;

namespace NativePlugins.Cli;

/// <summary>The common options: the one definition that parsing, help and completion of names share.</summary>
internal static class CommonOptions
{
    public static CommonOption Help { get; } = new("--help", "-h", null,
        "Show this help.", static (settings, _) => settings.ShowHelp = true);

    public static CommonOption Version { get; } = new("--version", "-V", null,
        "Show the versions of host, its runtime and the ABI.", static (settings, _) => settings.ShowVersion = true);

    public static CommonOption[] All { get; } =
    [
        new("--plugin-dir", null, "DIR",
            "Look for plugins in DIR first. May be given several times.", static (settings, value) =>
            settings.PluginDirectories.Add(value.Length == 0 ? "" : FullPath("--plugin-dir", value))),
        new("--json", null, null,
            "Report as JSON, one object a line.", static (settings, _) => settings.Json = true),
        new("--verbose", "-v", null,
            "Show how long each step took, and more of an error.", static (settings, _) => settings.Verbose = true),
        new("--quiet", "-q", null,
            "Show nothing but errors, and what the plugin writes.", static (settings, _) => settings.Quiet = true),
        new("--color", null, "WHEN",
            "Colour text: auto (the default: on a terminal, unless NO_COLOR is set), always, never.",
            static (settings, value) => settings.Color = ParseColor(value)),
        new("--timeout", null, "T",
            "How long a plugin's start or stop may take: 10s (the default), 500ms, 2m; a plain number is seconds.",
            static (settings, value) => settings.Timeout = Duration.Parse("--timeout", value)),
        new("--isolate", null, null,
            "Run the plugin in a process of its own: if it crashes, host goes on, and says how it ended.",
            static (settings, _) => settings.Isolate = true),
        new("--wait-for-debugger", null, null,
            "The same, and run nothing of the plugin until a debugger is attached to that process.",
            static (settings, _) => settings.Isolate = settings.WaitForDebugger = true),
        new("--sandbox", null, null,
            "Isolate it, and let it reach no files but its own, no network and no other process.",
            static (settings, _) => settings.RequireSandbox()),
        new("--allow-read", null, "PATH",
            "In a sandbox: let it read PATH and what is below. May be given several times.",
            static (settings, value) => settings.RequireSandbox().ReadPaths.Add(FullPath("--allow-read", value))),
        new("--allow-write", null, "PATH",
            "In a sandbox: let it change PATH and what is below, and read it. May be given several times.",
            static (settings, value) => settings.RequireSandbox().WritePaths.Add(FullPath("--allow-write", value))),
        new("--allow-network", null, null,
            "In a sandbox: let it use TCP, UDP and the sockets of services.",
            static (settings, _) => settings.RequireSandbox().AllowNetwork = true),
        new("--allow-processes", null, null,
            "In a sandbox: let it start programs that it may read.",
            static (settings, _) => settings.RequireSandbox().AllowProcesses = true),
        new("--verify", null, null,
            "Run only what was installed from packages, if its bytes are those that the lock file names.",
            static (settings, _) => settings.Verify = true),
        new("--config", null, "FILE",
            "Read the configuration from a JSON file; a plugin sees its section Plugins:<id>.",
            static (settings, value) => settings.ConfigFile = FullPath("--config", value)),
        new("--set", null, "K=V",
            "Set a key of the plugin's configuration. May be given several times.",
            static (settings, value) => settings.Sets.Add(PluginSetting.Parse(value))),
        new("--log-level", null, "LEVEL",
            "Show log records from LEVEL on: trace, debug, information, warning (the default), error, critical, none.",
            static (settings, value) => settings.LogLevel = ParseLogLevel(value)),
        Help,
        Version,
    ];

    private static ColorMode ParseColor(string value) => value.ToLowerInvariant() switch
    {
        "auto" => ColorMode.Auto,
        "always" => ColorMode.Always,
        "never" => ColorMode.Never,
        _ => throw CliErrors.BadValue("--color", "auto, always or never", value),
    };

    private static LogLevel ParseLogLevel(string value) => value.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "information" or "info" => LogLevel.Information,
        "warning" or "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "critical" => LogLevel.Critical,
        "none" => LogLevel.None,
        _ => throw CliErrors.BadValue("--log-level", "trace, debug, information, warning, error, critical or none", value),
    };

    // What the user types is relative to where the user is; the library would take it relative to the application.
    public static string FullPath(string option, string value) => value.Length == 0 || value.Contains('\0')
        ? throw CliErrors.BadValue(option, "a path", value)
        : Path.GetFullPath(value);

    /// <summary>A directory that an argument names.</summary>
    /// <exception cref="CliException">It is not there.</exception>
    public static string ExistingDirectory(string directory)
    {
        string full = directory.Length == 0 || directory.Contains('\0')
            ? throw CliErrors.NoDirectory(directory, "no directory's name")
            : Path.GetFullPath(directory);
        return Directory.Exists(full) ? full
            : throw CliErrors.NoDirectory(full, File.Exists(full) ? "a file" : "nothing of that name");
    }
}
