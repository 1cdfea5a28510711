using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host list</c>: what is there, without running any of it.</summary>
internal static class PluginList
{
    public static int Execute(string[] directories, HostTerminal terminal)
    {
        using var loggers = new StandardErrorLogging(terminal);
        PluginHostOptions options = terminal.Settings.ToOptions(loggers);
        if (directories.Length != 0)
        {
            options.SearchEnvironment = false;
            options.SearchHostDirectory = false;
            options.SearchUserDirectory = false;
            foreach (string directory in directories)
            {
                options.Directories.Add(CommonOptions.ExistingDirectory(directory));
            }
        }

        using var host = new PluginHost(options);
        IReadOnlyList<PluginListing> listings = host.List();
        if (terminal.Settings.Json)
        {
            foreach (PluginListing listing in listings)
            {
                terminal.Output.Write(JsonLine.Write(writer => ListingJson.WriteMembers(writer, listing)));
            }
        }
        else if (listings.Count != 0)
        {
            ListingRow[] rows = [.. listings.Select(ListingRow.From)];
            terminal.Write(HostTerminal.IsOutputTerminal
                ? ListingRow.Table(rows, terminal.IsOutputColored)
                : ListingText.Format(ListingRow.Headings, [.. rows.Select(row => row.Cells)]));
        }

        if (listings.Count == 0)
        {
            terminal.Note("there are no plugins here");
        }

        return listings.All(listing => listing.IsLoadable) ? ExitCodes.Success : ExitCodes.Negative;
    }
}
