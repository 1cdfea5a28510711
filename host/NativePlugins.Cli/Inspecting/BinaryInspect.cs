using System.Buffers;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host inspect</c>: what files say about themselves, and whether they would load, without running any of them.</summary>
internal static class BinaryInspect
{
    public static int Execute(string[] paths, InspectionSettings settings, HostTerminal terminal)
    {
        Action<IReadOnlyList<BinaryInspection>>? writeGraph = settings.Graph is null ? null : GraphFile.Open(settings.Graph);
        var options = new BinaryInspectionOptions { EntryPoint = PluginBinary.EntryPoint, RequireEntryPoint = !settings.Library, ComputeSha256 = settings.Sha256, Root = settings.Root };
        IReadOnlyList<string> files = InspectedFiles.Find(paths, terminal);
        InspectedFiles.RequireBelow(settings.Root, files);
        bool isSingle = files.Count == 1 && paths.Length == 1;
        var summary = new InspectionSummary();
        var conflicts = new PluginConflicts();
        var buffer = new ArrayBufferWriter<byte>();
        var graphed = new List<BinaryInspection>();
        using var progress = new ProgressLine(files.Count, isShown: !isSingle && !terminal.Settings.Quiet);
        foreach (BinaryInspection inspection in PluginBinary.InspectAll(files, options))
        {
            progress.Clear();
            if (FailureToRead(inspection) is { } failure)
            {
                summary.Add(inspection, terminal.Report(failure));
                continue;
            }

            summary.Add(inspection, ExitCodeOf(inspection));
            // Below a root, paths are those of the other system.
            Show(inspection, settings.Root is null ? conflicts.Add(inspection) : [], settings, isSingle, terminal, buffer);
            if (writeGraph is not null)
            {
                graphed.Add(inspection);
            }

            progress.Advance();
        }

        progress.Clear();
        if (!isSingle && !terminal.Settings.Json)
        {
            terminal.Write(summary.ToText() + conflicts.ToText());
        }

        writeGraph?.Invoke(graphed);
        return summary.ExitCode;
    }

    /// <summary>An executable is no plugin, and nothing is wrong with it.</summary>
    private static int ExitCodeOf(BinaryInspection inspection) =>
        inspection.Verdict.IsLoadable || inspection.Kind == BinaryKind.Executable ? ExitCodes.Success : ExitCodes.Negative;

    /// <summary>A file that is not there, or that the system does not let be read, was not examined.</summary>
    private static ErrorReport? FailureToRead(BinaryInspection inspection) =>
        inspection.Verdict.Reasons is [BinaryReason reason, ..]
            && PluginErrors.Find(reason.Code) is { } error && (error == PluginErrors.NotFound || error == PluginErrors.FileAccess)
            ? new ErrorReport(error.Code, error.ExitCode, error.Title, reason.Message)
            {
                Expected = reason.Expected,
                Found = reason.Found,
                Advice = error == PluginErrors.NotFound ? "Check the path: `host inspect` takes files and directories, not names." : reason.Advice,
            }
            : null;

    private static void Show(
        BinaryInspection inspection, IReadOnlyList<PluginConflict> conflicts, InspectionSettings settings, bool isSingle, HostTerminal terminal, ArrayBufferWriter<byte> buffer)
    {
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(buffer, writer => InspectionJson.WriteMembers(writer, inspection, conflicts)));
        }
        else if (isSingle || settings.IsPartial || terminal.Settings.Verbose)
        {
            terminal.Write(new InspectionPage(new Ink(terminal.IsOutputColored)).Format(inspection, settings, withHeading: !isSingle || !settings.IsPartial));
        }
        else
        {
            terminal.Write(new InspectionPage(new Ink(terminal.IsOutputColored)).FormatLine(inspection));
        }
    }
}
