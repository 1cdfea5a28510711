using NativePlugins.Binary.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host doctor</c>: what is wrong with an installation, and what mends it.</summary>
internal static class InstallationDoctor
{
    public static int Execute(HostTerminal terminal)
    {
        using var loggers = new StandardErrorLogging(terminal);
        using var host = new PluginHost(terminal.Settings.ToOptions(loggers));
        string? named = terminal.Settings.PluginDirectories.FirstOrDefault();
        string? directory = named ?? PluginHost.UserPluginDirectory;
        var check = new InstallationCheck(
            directory is null ? null : new PluginStore(directory), named is null ? "" : $" --plugin-dir {UntrustedText.Quote(named)}");
        IReadOnlyList<PluginListing> listings = host.List();
        int problems = 0, hints = 0;
        Finding[] findings =
        [
            .. check.OfStore(), .. InstallationCheck.OfPlugins(listings), .. check.OfVersions(), .. check.OfSpace(),
            .. InstallationCheck.OfIsolation(host, terminal.Settings.Isolate),
        ];
        foreach (Finding finding in findings)
        {
            problems += finding.IsProblem ? 1 : 0;
            hints += finding.IsProblem ? 0 : 1;
            if (terminal.Settings.Json)
            {
                terminal.Output.Write(JsonLine.Write(finding.WriteMembers));
            }
            else
            {
                terminal.Write(finding.ToText(terminal.Settings.Verbose, terminal.IsOutputColored));
            }
        }

        string plugins = Count(listings.Count, "plugin", "plugins");
        string wrong = problems == 0 ? "no problem" : Count(problems, "problem", "problems");
        terminal.Note($"{plugins} found, {check.InstalledCount} of packages: {(hints == 0 ? wrong : $"{wrong}, {Count(hints, "hint", "hints")}")}");
        return problems == 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
