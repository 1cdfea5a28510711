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
        var installation = new Installation(terminal);
        IReadOnlyList<PluginDifference> differences = installation.Store.Verify();
        foreach (PluginDifference difference in differences)
        {
            installation.Tell(difference);
        }

        int count = installation.Store.List().Count;
        terminal.Note(differences.Count != 0 ? "to put it in order, write `host restore`"
            : count == 0 ? $"nothing is installed in {UntrustedText.Escape(installation.Store.Directory)}"
            : $"{count} installed {(count == 1 ? "plugin is" : "plugins are")} as the lock file says");
        return differences.Count == 0 ? ExitCodes.Success : ExitCodes.Negative;
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
