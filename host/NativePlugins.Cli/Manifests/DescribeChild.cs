using System.Text;
using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// The child process of <c>host manifest</c>. It prints one line: a mark that the parent chose, so that nothing the
/// plugin itself prints is taken for the answer, then a JSON object.
/// </summary>
internal static class DescribeChild
{
    private static readonly string[] s_knownServices = ["np.command/1", "np.state/1", "np.memory/1"];

    public static int Execute(HostCommandLine line, HostTerminal terminal)
    {
        string[] arguments = line.Rest;
        if (arguments.Length < 2)
        {
            throw CliErrors.UnknownOption(CommandNames.DescribeChild, null);
        }

        string mark = arguments[0];
        HostCommandLine run = HostCommandLine.Split(["run", .. arguments[1..]], line.Settings);
        try
        {
            Answer(terminal, mark, Describe(run, terminal));
        }
        catch (PluginException e)
        {
            Answer(terminal, mark, writer => ErrorReport.From(e).WriteAsMember(writer, "error"));
        }
        catch (CliException e)
        {
            Answer(terminal, mark, writer => e.Report.WriteAsMember(writer, "error"));
        }

        return ExitCodes.Success;
    }

    private static Action<Utf8JsonWriter> Describe(HostCommandLine line, HostTerminal terminal)
    {
        using var loggers = new StandardErrorLogging(terminal);
        PluginHostOptions options = line.Settings.ToOptions(loggers);
        options.StartOnLoad = false;
        options.CheckManifest = false;
        using var host = new PluginHost(options);
        Plugin plugin = host.Load(line.Word);
        IEnumerable<string> asked = s_knownServices
            .Union(ManifestWriter.ExistingManifest(plugin.LibraryPath)?.Services.Where(id => id.Length != 0) ?? []);
        string[] services = [.. asked.Where(id => plugin.TryGetService(id, out _))];
        string path = plugin.LibraryPath;
        PluginDescription description = plugin.Description;
        return writer =>
        {
            writer.WriteString("path", path);
            writer.WriteString("id", description.Id);
            writer.WriteString("name", description.Name);
            writer.WriteString("version", description.Version);
            writer.WriteString("abi", description.AbiVersion.ToString(2));
            writer.WriteArray("services", services);
            writer.WriteString("language", description.Language);
            writer.WriteNumber("runtime", (int)description.Runtime);
            writer.WriteString("runtimeVersion", description.RuntimeVersion);
        };
    }

    private static void Answer(HostTerminal terminal, string mark, Action<Utf8JsonWriter> writeMembers)
    {
        byte[] line = [.. Encoding.UTF8.GetBytes("\n" + mark), .. JsonLine.Write(writeMembers)];
        terminal.Output.Write(line);
    }
}
