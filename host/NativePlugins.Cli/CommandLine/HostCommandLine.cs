using NativePlugins.Host;

namespace NativePlugins.Cli;

internal enum HostCommandKind
{
    NoArguments,
    Help,
    Version,
    Run,

    /// <summary>Like a run; the word is empty when a project is watched.</summary>
    Watch,

    /// <summary>One of the other commands.</summary>
    Command,

    /// <summary>This process is the child in which a plugin is asked what it is.</summary>
    Describe,
}

/// <summary>
/// The arguments, split: options of the host up to the plugin or command, then what belongs to that. What follows a
/// plugin is never looked at.
/// </summary>
/// <param name="Kind">What to do.</param>
/// <param name="Word">The plugin, or the command's name.</param>
/// <param name="Rest">The plugin's arguments, or the command's; verbatim.</param>
/// <param name="IsBare">Whether the plugin was named without <c>run</c>, so that a command may have been meant.</param>
/// <param name="Settings">What the options in front say.</param>
internal sealed record HostCommandLine(
    HostCommandKind Kind, string Word, string[] Rest, bool IsBare, HostSettings Settings)
{
    public static HostCommandLine Split(string[] arguments, HostSettings settings)
    {
        if (arguments.Length == 0)
        {
            return new HostCommandLine(HostCommandKind.NoArguments, "", [], false, settings);
        }

        if (arguments[0] == CommandNames.DescribeChild)
        {
            return new HostCommandLine(HostCommandKind.Describe, "", arguments[1..], false, settings);
        }

        if (arguments.Length > 2 && arguments[0] == CommandNames.WatchAnew)
        {
            settings.Watch.AnewFrom = arguments[1];
            return Split(arguments[2..], settings);
        }

        (int next, bool isEnded) = ScanOptions(arguments, 0, settings, CommonOptions.All);
        if (ShowOnly(settings) is HostCommandKind kind)
        {
            return new HostCommandLine(kind, "", [], false, settings);
        }

        if (next == arguments.Length)
        {
            throw CliErrors.Usage("there is no plugin and no command", "a plugin's name, or a command", "options only",
                "See `host --help`.");
        }

        string word = arguments[next];
        if (isEnded)
        {
            return Plugin(arguments, next, isBare: false, settings);
        }

        switch (word)
        {
            case CommandNames.Run:
                return SplitRun(arguments, next + 1, settings);
            case CommandNames.Watch:
                return SplitWatch(arguments, next + 1, settings);
            default:
                return CommandNames.Find(word) is not null ? new HostCommandLine(HostCommandKind.Command, word, arguments[(next + 1)..], false, settings)
                    : CommandNames.IsReserved(word) ? throw CliErrors.ReservedWord(word)
                    : Plugin(arguments, next, isBare: true, settings);
        }
    }

    private static HostCommandLine SplitRun(string[] arguments, int start, HostSettings settings)
    {
        (int next, _) = ScanOptions(arguments, start, settings, CommonOptions.All);
        return settings.ShowHelp ? new HostCommandLine(HostCommandKind.Command, CommandNames.Run, ["--help"], false, settings)
            : ShowOnly(settings) is HostCommandKind kind ? new HostCommandLine(kind, "", [], false, settings)
            : next < arguments.Length ? Plugin(arguments, next, isBare: false, settings)
            : throw CliErrors.Usage("`host run` needs a plugin", "run <plugin> [args…]", "no plugin", "See `host run --help`.");
    }

    private static HostCommandLine SplitWatch(string[] arguments, int start, HostSettings settings)
    {
        (int next, _) = ScanOptions(arguments, start, settings, CommandNames.Get(CommandNames.Watch).Options);
        return settings.ShowHelp ? new HostCommandLine(HostCommandKind.Command, CommandNames.Watch, ["--help"], false, settings)
            : ShowOnly(settings) is HostCommandKind kind ? new HostCommandLine(kind, "", [], false, settings)
            : settings.Watch is { Project: not null, Build: not null } ? throw CliErrors.Usage(
                "--build and --project are two ways to say how the plugin is built", "one of them", "both", "See `host watch --help`.")
            : settings.Watch.Project is not null ? new HostCommandLine(HostCommandKind.Watch, "", arguments[next..], false, settings)
            : next < arguments.Length ? Plugin(arguments, next, isBare: false, settings) with { Kind = HostCommandKind.Watch }
            : throw CliErrors.Usage("`host watch` needs a plugin, or --project", "watch <plugin> [args…]", "no plugin", "See `host watch --help`.");
    }

    private static HostCommandLine Plugin(string[] arguments, int at, bool isBare, HostSettings settings) =>
        new(HostCommandKind.Run, arguments[at], arguments[(at + 1)..], isBare, settings);

    private static HostCommandKind? ShowOnly(HostSettings settings) =>
        settings.ShowHelp ? HostCommandKind.Help : settings.ShowVersion ? HostCommandKind.Version : null;

    /// <summary>Takes options over up to the first word that is none; <c>--</c> ends them too.</summary>
    private static (int Next, bool IsEnded) ScanOptions(string[] arguments, int start, HostSettings settings, CommonOption[] options)
    {
        int i = start;
        while (i < arguments.Length && OptionScanner.IsOption(arguments[i]))
        {
            if (arguments[i] == "--")
            {
                return (i + 1, true);
            }

            i = OptionScanner.Apply(arguments, i, options, settings);
            if (settings.ShowHelp || settings.ShowVersion)
            {
                return (i, false);
            }
        }

        return (i, false);
    }
}
