using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host install</c>: from a folder of packages into a directory of plugins; or back to the version before.</summary>
internal static class PluginInstall
{
    public static int Execute(string argument, HostTerminal terminal)
    {
        var installation = new Installation(terminal);
        InstallSettings settings = terminal.Settings.Installing;
        (string id, PluginVersionRange? range) = Installation.Parse(argument);
        return settings.RollsBack ? RollBack(installation, id, range, settings.IsDryRun)
            : settings.IsDryRun ? Preview(installation, id, range)
            : Install(installation, id, range);
    }

    private static int Install(Installation installation, string id, PluginVersionRange? range)
    {
        IReadOnlyList<InstalledPlugin> before = installation.Store.List();
        InstalledPlugin? old = before.FirstOrDefault(plugin => plugin.Id == id);
        InstalledPlugin now = installation.Store.InstallAsync(id, range, installation.Sources(before), CancellationToken.None).GetAwaiter().GetResult();
        string was = old is null || old.Version == now.Version ? "" : $", instead of {old.Version}";
        installation.Tell(now, "install", $"{now.Id} {now.Version} is installed in {installation.Store.Directory}{was}");
        return ExitCodes.Success;
    }

    private static int Preview(Installation installation, string id, PluginVersionRange? range)
    {
        PluginOffer offer = installation.Store.FindAsync(id, range, installation.Sources(installation.Store.List()), CancellationToken.None).GetAwaiter().GetResult();
        string was = offer.InstalledVersion is null ? "" : $", instead of {offer.InstalledVersion}";
        installation.Tell(
            offer, "preview", offer.InstalledVersion == offer.Version
                ? $"{offer.Id} {offer.Version} is installed in {installation.Store.Directory} already"
                : $"would install {offer.Id} {offer.Version} from {offer.Source} in {installation.Store.Directory}{was}");
        return ExitCodes.Success;
    }

    private static int RollBack(Installation installation, string id, PluginVersionRange? range, bool isDryRun)
    {
        if (range is not null || isDryRun)
        {
            throw CliErrors.Usage(
                "--rollback goes back to the one version before", "install --rollback ID", range is null ? "--dry-run" : "a range of versions",
                "To see which version that is, write `host list --installed`.");
        }

        InstalledPlugin now = installation.Store.RollBackAsync(id, CancellationToken.None).GetAwaiter().GetResult();
        installation.Tell(now, "rollback", $"{now.Id} {now.Version} is installed in {installation.Store.Directory}, instead of {now.PreviousVersion}");
        return ExitCodes.Success;
    }
}
