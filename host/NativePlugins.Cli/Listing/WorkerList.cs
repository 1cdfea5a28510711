using System.Globalization;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host ps</c>: the processes of isolated plugins.</summary>
internal static class WorkerList
{
    private static readonly string[] s_headings = ["PID", "PLUGIN", "VERSION", "GENERATION", "STATE", "MEMORY", "CPU", "CALLS", "RESTARTS", "SINCE", "APPLICATION"];

    public static int Execute(HostTerminal terminal)
    {
        IReadOnlyList<PluginWorkerInfo> workers = PluginWorkers.List();
        if (terminal.Settings.Json)
        {
            foreach (PluginWorkerInfo worker in workers)
            {
                terminal.Output.Write(Json(worker));
            }
        }
        else if (workers.Count != 0)
        {
            string[][] rows = [.. workers.Select(Cells)];
            terminal.Write(HostTerminal.IsOutputTerminal
                ? ListingTable.Format(s_headings, rows, static _ => null, terminal.IsOutputColored)
                : ListingText.Format(s_headings, rows));
        }

        if (workers.Count == 0)
        {
            terminal.Note("no isolated plugin runs");
        }

        return ExitCodes.Success;
    }

    private static string[] Cells(PluginWorkerInfo worker) =>
    [
        Number(worker.ProcessId),
        Fit(worker.PluginId),
        Fit(worker.PluginVersion),
        worker.Generation == 0 ? "-" : Number(worker.Generation),
        NameOf(worker.State),
        worker.PrivateMemory is long bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB") : "-",
        worker.ProcessorTime is TimeSpan time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s") : "-",
        Number(worker.Calls),
        Number(worker.Restarts),
        worker.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        $"{Fit(worker.ApplicationName)} ({Number(worker.ApplicationProcessId)})",
    ];

    private static ReadOnlySpan<byte> Json(PluginWorkerInfo worker) => JsonLine.Write(writer =>
    {
        writer.WriteNumber("pid", worker.ProcessId);
        writer.WriteString("id", worker.PluginId);
        writer.WriteString("version", worker.PluginVersion);
        writer.WriteNumber("generation", worker.Generation);
        writer.WriteString("state", NameOf(worker.State));
        WriteNumber("privateMemoryBytes", worker.PrivateMemory);
        WriteNumber("processorMilliseconds", (long?)worker.ProcessorTime?.TotalMilliseconds);
        writer.WriteNumber("calls", worker.Calls);
        writer.WriteNumber("restarts", worker.Restarts);
        writer.WriteString("since", worker.StartedAt.UtcDateTime);
        writer.WriteString("application", worker.ApplicationName);
        writer.WriteNumber("applicationPid", worker.ApplicationProcessId);

        void WriteNumber(string name, long? value)
        {
            if (value is long number)
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteNull(name);
            }
        }
    });

    private static string NameOf(PluginWorkerState state) => state switch
    {
        PluginWorkerState.Starting => "starting",
        PluginWorkerState.Created => "created",
        PluginWorkerState.Started => "started",
        _ => "ending",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Fit(string text) => text.Length == 0 ? "-" : UntrustedText.Escape(text, maxLength: 128);
}
