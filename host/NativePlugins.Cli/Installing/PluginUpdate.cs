using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary><c>host update</c> and <c>host outdated</c>: what is installed, beside what the sources have.</summary>
internal static class PluginUpdate
{
    public static int Update(string[] ids, HostTerminal terminal)
    {
        var installation = new Installation(terminal);
        return installation.ForEach(installation.Select(ids), plugin =>
        {
            IReadOnlyList<PluginSource> sources = installation.Sources(plugin);
            if (terminal.Settings.Installing.IsDryRun)
            {
                PluginOffer offer = installation.Store.FindAsync(plugin.Id, null, sources, CancellationToken.None).GetAwaiter().GetResult();
                installation.Tell(
                    offer, "preview",
                    offer.IsUpdate ? $"would update {plugin.Id} from {plugin.Version} to {offer.Version}" : $"{plugin.Id} {plugin.Version} is the newest");
                return ExitCodes.Success;
            }

            InstalledPlugin now = installation.Store.UpdateAsync(plugin.Id, null, sources, CancellationToken.None).GetAwaiter().GetResult();
            installation.Tell(
                now, "update",
                now.Version == plugin.Version ? $"{now.Id} {now.Version} is the newest" : $"{now.Id} {now.Version} is installed, instead of {plugin.Version}");
            return ExitCodes.Success;
        });
    }

    public static int ListOutdated(string[] ids, HostTerminal terminal)
    {
        var installation = new Installation(terminal);
        return installation.ForEach(installation.Select(ids), plugin =>
        {
            PluginOffer offer = installation.Store.FindAsync(plugin.Id, null, installation.Sources(plugin), CancellationToken.None).GetAwaiter().GetResult();
            if (!offer.IsUpdate)
            {
                return ExitCodes.Success;
            }

            installation.Tell(offer, "outdated", plugin.Id, plugin.Version, offer.Version, offer.Source);
            return ExitCodes.Negative;
        });
    }
}
