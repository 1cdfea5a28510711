using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>A command as the help shows it.</summary>
internal sealed record CommandInfo(string Name, string Arguments, string Description);

/// <summary>The words that mean something in first place.</summary>
internal static class CommandNames
{
    public const string Run = "run";
    public const string List = "list";
    public const string Manifest = "manifest";
    public const string Explain = "explain";

    /// <summary>
    /// First word of the process in which a plugin is asked what it is. It begins with dashes, so that no plugin's name
    /// can be it, and is no option.
    /// </summary>
    public const string DescribeChild = "--describe-in-child";

    private static readonly string[] s_reserved =
        ["inspect", "watch", "validate", "pack", "install", "verify", "doctor", "top", "help", "header", "new"];

    public static CommandInfo[] All { get; } =
    [
        new(Run, "<plugin> [args…]", "Load a plugin, start it, run its command, stop it. The word run may be left out."),
        new(List, "[dir…]", "Show the plugins that are there, without running any of their code."),
        new(Manifest, "<file>", "Write the manifest of a plugin that another toolchain built."),
        new(Explain, "[code]", "Say what an error means and what to do about it."),
    ];

    public static bool IsReserved(string word) => Array.IndexOf(s_reserved, word) >= 0;

    /// <summary>The command that was probably meant, or null.</summary>
    public static string? FindNearest(string typed) => EditDistance.FindNearest(typed, All.Select(command => command.Name));
}
