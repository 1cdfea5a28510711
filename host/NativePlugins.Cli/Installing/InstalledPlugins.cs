using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>The other commands about installed plugins: <c>remove</c>, <c>restore</c>, <c>verify</c>, and <c>list --installed</c>.</summary>
internal static class InstalledPlugins
{
    public static int Remove(string[] ids, HostTerminal terminal)
    {
        var installation = new Installation(terminal);
        return installation.ForEach(installation.Select(ids), plugin =>
        {
            InstalledPlugin removed = installation.Store.RemoveAsync(plugin.Id, CancellationToken.None).GetAwaiter().GetResult();
            installation.Tell(removed, "remove", $"{removed.Id} {removed.Version} is removed from {installation.Store.Directory}");
            return ExitCodes.Success;
        });
    }

    public static int Restore(HostTerminal terminal)
    {
        var installation = new Installation(terminal);
        IReadOnlyList<InstalledPlugin> named = installation.Store.List();
        if (named.Count == 0)
        {
            return installation.ForEach(named, static _ => ExitCodes.Success);
        }

        foreach (InstalledPlugin restored in installation.Store.RestoreAsync(installation.Sources(named), CancellationToken.None).GetAwaiter().GetResult())
        {
            installation.Tell(restored, "restore", $"{restored.Id} {restored.Version} is installed in {installation.Store.Directory}");
        }

        return ExitCodes.Success;
    }

    public static int Verify(HostTerminal terminal)
    {
        if (terminal.Settings.Signing.Keys.Count != 0)
        {
            throw CliErrors.Usage("--key is about packages", "verify PACKAGE --key KEY", "no package", "See `host verify --help`.");
        }

        var installation = new Installation(terminal);
        IReadOnlyList<PluginDifference> differences = installation.Store.Verify();
        foreach (PluginDifference difference in differences)
        {
            installation.Tell(difference);
        }

        IReadOnlyList<PluginTrustViolation> violations = installation.Store.VerifyTrust();
        foreach (PluginTrustViolation violation in violations)
        {
            Tell(violation, terminal);
        }

        int count = installation.Store.List().Count;
        terminal.Note(violations.Count != 0 ? "a trust policy does not allow what is installed: update it, or remove it"
            : differences.Count != 0 ? "to put it in order, write `host restore`"
            : count == 0 ? $"nothing is installed in {UntrustedText.Escape(installation.Store.Directory)}"
            : $"{count} installed {(count == 1 ? "plugin is" : "plugins are")} as the lock file says");
        return differences.Count == 0 && violations.Count == 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static void Tell(PluginTrustViolation violation, HostTerminal terminal)
    {
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("id", violation.Id);
                writer.WriteString("version", violation.Version);
                writer.WriteString("difference", "not trusted");
                ErrorReport.From(violation.Refusal).WriteAsMember(writer, "error");
            }));
        }
        else
        {
            terminal.WriteLine($"{violation.Id}\t{violation.Version}\tnot trusted\t{violation.Refusal.Code}: {violation.Refusal.Found}");
        }
    }

    public static int List(string[] directories, HostTerminal terminal)
    {
        if (directories.Length != 0)
        {
            throw CliErrors.Usage(
                "--installed shows one directory of plugins", "list --installed, with --plugin-dir DIR for another directory than the user's own",
                UntrustedText.Quote(directories[0]), "See `host list --help`.");
        }

        var installation = new Installation(terminal);
        return installation.ForEach(installation.Store.List(), plugin =>
        {
            installation.Tell(plugin, "installed", plugin.Id, plugin.Version, plugin.PreviousVersion ?? "-", plugin.System, plugin.Source);
            return ExitCodes.Success;
        });
    }
}
