using System.Text.Json;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>The directory of plugins that the commands change, and what they have in common.</summary>
internal sealed class Installation
{
    private readonly HostTerminal _terminal;
    private readonly InstallSettings _settings;
    private readonly PackageSources _sources = new();

    /// <exception cref="CliException">The user has no directory of plugins, and names none.</exception>
    public Installation(HostTerminal terminal)
    {
        _terminal = terminal;
        _settings = terminal.Settings.Installing;
        string? directory = terminal.Settings.PluginDirectories.FirstOrDefault() ?? PluginHost.UserPluginDirectory;
        Store = new PluginStore(string.IsNullOrEmpty(directory) ? throw CliErrors.NoPluginDirectory() : directory);
    }

    public PluginStore Store { get; }

    /// <summary>The sources that the user names, or else those that installed plugins came from.</summary>
    /// <exception cref="CliException">There are none.</exception>
    public IReadOnlyList<PluginSource> Sources(params IEnumerable<InstalledPlugin> installed)
    {
        IEnumerable<string> names = _settings.Sources.Count != 0 ? _settings.Sources : installed.Select(plugin => plugin.Source).Where(PackageSources.CanOpen);
        PluginSource[] sources = [.. names.Distinct(StringComparer.Ordinal).Select(_sources.Open)];
        return sources.Length != 0 ? sources : throw CliErrors.Usage(
            "it is not said where packages come from", "--source SOURCE, a folder with packages or the address of a feed", "no source, and nothing installed that came from one", "Name the folder or the feed with --source.");
    }

    /// <summary>Splits <c>id@range</c>. A version alone means exactly that one.</summary>
    /// <exception cref="CliException">What follows the sign is no range.</exception>
    public static (string Id, PluginVersionRange? Range) Parse(string argument)
    {
        int at = argument.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return (argument, null);
        }

        string text = argument[(at + 1)..].Trim();
        string range = text.Length != 0 && char.IsAsciiDigit(text[0]) ? $"= {text}" : text;
        return PluginVersionRange.TryParse(range, out PluginVersionRange? parsed) ? (argument[..at], parsed) : throw CliErrors.Usage(
            $"the versions in {UntrustedText.Quote(argument)} cannot be understood", $"ID@VERSION, or ID@RANGE with {PluginVersionRange.Form}", UntrustedText.Quote(text), "See `host install --help`.");
    }

    /// <summary>The installed plugins of these ids, or all.</summary>
    /// <exception cref="CliException">One is not installed.</exception>
    public IReadOnlyList<InstalledPlugin> Select(string[] ids)
    {
        IReadOnlyList<InstalledPlugin> installed = Store.List();
        return ids.Length == 0 ? installed : [.. ids.Select(id => installed.FirstOrDefault(plugin => plugin.Id == id) ?? throw CliErrors.NotInstalled(id, Store.Directory))];
    }

    /// <summary>Does something with each plugin. A failure is reported, and the next ones have their turn.</summary>
    /// <returns>The status of the last error; without one, 1 if a verdict was negative, or 0.</returns>
    public int ForEach(IReadOnlyList<InstalledPlugin> plugins, Func<InstalledPlugin, int> act)
    {
        if (plugins.Count == 0)
        {
            _terminal.Note($"nothing is installed in {UntrustedText.Escape(Store.Directory)}");
        }

        int status = ExitCodes.Success;
        foreach (InstalledPlugin plugin in plugins)
        {
            try
            {
                int one = act(plugin);
                status = status == ExitCodes.Success ? one : status;
            }
            catch (PluginException e)
            {
                status = _terminal.Report(ErrorReport.From(e));
            }
        }

        return status;
    }

    /// <summary>One line of the result: a sentence, or fields parted by tabs; or JSON.</summary>
    public void Tell(InstalledPlugin plugin, string action, params string[] cells) => Tell(cells, writer =>
    {
        writer.WriteString("action", action);
        InstalledJson.WriteMembers(writer, plugin);
    });

    /// <summary>The same for what a source offers.</summary>
    public void Tell(PluginOffer offer, string action, params string[] cells) => Tell(cells, writer =>
    {
        writer.WriteString("action", action);
        InstalledJson.WriteMembers(writer, offer);
    });

    /// <summary>The same for how a file differs from the lock file.</summary>
    public void Tell(PluginDifference difference) => Tell(
        [difference.Id, difference.Version, InstalledJson.NameOf(difference.Kind), difference.Path], writer => InstalledJson.WriteMembers(writer, difference));

    private void Tell(string[] cells, Action<Utf8JsonWriter> writeMembers)
    {
        if (_terminal.Settings.Json)
        {
            _terminal.Output.Write(JsonLine.Write(writeMembers));
        }
        else
        {
            _terminal.WriteLine(string.Join('\t', cells.Select(cell => UntrustedText.Escape(cell, maxLength: 32 * 1024))));
        }
    }
}
