using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// Refuses what <c>host</c> must not do where it has rights that its user does not have: with those it would read, write or start
/// whatever that user names.
/// </summary>
internal static class SecureExecution
{
    /// <exception cref="CliException">This is secure execution, and the user asks for more than to run and list plugins.</exception>
    public static void Require(HostCommandLine line, HostTerminal terminal)
    {
        if (!PluginHost.IsSecureExecution)
        {
            return;
        }

        if (FindRefused(line) is string refused)
        {
            throw CliErrors.NotInSecureExecution(refused);
        }

        if (line.Settings.Verbose)
        {
            terminal.Note("secure execution: nothing is taken from the environment, and your own files are not trusted");
        }
    }

    /// <summary>What of a command line would do that; null if nothing does.</summary>
    internal static string? FindRefused(HostCommandLine line) => line switch
    {
        { Kind: HostCommandKind.Describe } or { Kind: HostCommandKind.Command, Word: CommandNames.Manifest } => "host manifest",
        { Kind: HostCommandKind.Command, Word: CommandNames.Inspect } => "host inspect",
        {
            Kind: HostCommandKind.Command,
            Word: CommandNames.Pack or CommandNames.Install or CommandNames.Update or CommandNames.Outdated or CommandNames.Remove or CommandNames.Restore
                or CommandNames.Verify or CommandNames.Keygen or CommandNames.Sign or CommandNames.Trust or CommandNames.Doctor
        } => $"host {line.Word}",
        { Settings.Installing.ListsInstalled: true } => "--installed",
        { Settings.Watch.Project: not null } => "--project",
        { Settings.Watch.Build: not null } => "--build",
        { Settings.Watch.StagingDirectory: not null } => "--staging-dir",
        { Settings.ConfigFile: not null } => "--config",
        _ => null,
    };
}
