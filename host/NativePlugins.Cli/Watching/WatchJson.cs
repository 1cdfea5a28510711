using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>One object a line on standard output; what the command writes is a field of the event that tells its end.</summary>
internal sealed class WatchJson(HostTerminal terminal) : IWatchReport
{
    private CappedText _output = new();

    public void Loaded(Plugin plugin) => Write("loaded", plugin.Generation, writer =>
    {
        WritePhases(writer, ("resolve", plugin.Timings.Resolve), ("verify", plugin.Timings.Verify), ("map", plugin.Timings.Map), ("start", plugin.Timings.Start));
    });

    public void Building(int generation, BuildPlan plan) => Write("building", generation, writer =>
    {
        writer.WriteString("build", plan.IsCompile ? "sources" : "all");
        if (plan.Why is string why)
        {
            writer.WriteString("why", why);
        }
    });

    public void Doing(string step)
    {
    }

    public void Unchanged()
    {
    }

    public void Reloading(int generation) => Write("reloading", generation, _ => { });

    public void Reloaded(PluginReload reload, SourceEdit? edit) =>
        Write("reloaded", reload.Generation, writer => WritePhases(writer, [.. PhasesOf(edit), .. PhasesOf(reload.Timings)]));

    public void ReloadFailed(int generation, int serving, ErrorReport error, PluginReloadTimings? timings, SourceEdit? edit) =>
        Write("reload_failed", generation, writer =>
        {
            WritePhases(writer, [.. PhasesOf(edit), .. PhasesOf(timings)]);
            error.WriteAsMember(writer, "error");
        });

    public void Retired(PluginRetirement retirement, TimeSpan time, PluginGenerationUsage? usage) => Write("retired", retirement.Generation, writer =>
    {
        WritePhases(writer, ("retire", time));
        writer.WriteString("image", NameOf(retirement.Image));
        if (retirement.Error is string error)
        {
            writer.WriteString("stop_error", error);
        }

        if (usage is not null)
        {
            WriteUsage(writer, usage);
        }
    });

    public (Stream Output, Stream ErrorOutput) BeginRun(int generation)
    {
        _output = new CappedText();
        return (_output, _output);
    }

    public void Ran(string pluginId, int generation, int status, TimeSpan time) => Write("ran", generation, writer =>
    {
        WritePhases(writer, ("run", time));
        writer.WriteNumber("status", status);
        writer.WriteString("output", _output.Text);
    });

    public void RunFailed(int generation, ErrorReport error, TimeSpan time) => Write("ran", generation, writer =>
    {
        WritePhases(writer, ("run", time));
        writer.WriteString("output", _output.Text);
        error.WriteAsMember(writer, "error");
    });

    public void RunCancelled()
    {
    }

    public void StartingAnew(int generation, string library) => Write("restarting", generation, writer => writer.WriteString("library", library));

    public void Dispose()
    {
    }

    internal static string NameOf(PluginRetiredImage image) => image switch
    {
        PluginRetiredImage.Unmapped => "unmapped",
        PluginRetiredImage.StillMapped => "still_mapped",
        PluginRetiredImage.Resident => "resident",
        PluginRetiredImage.Pinned => "pinned",
        _ => "quarantined",
    };

    /// <summary>The steps that were reached, except what only comes after.</summary>
    internal static IEnumerable<(string Name, TimeSpan Time)> PhasesOf(PluginReloadTimings? timings) => timings is null
        ? []
        : Enumerable.Range(0, (int)PluginReloadPhase.Retire)
            .Select(phase => (((PluginReloadPhase)phase).ToString().ToLowerInvariant(), timings[(PluginReloadPhase)phase]))
            .Where(phase => phase.Item2 > TimeSpan.Zero);

    internal static IEnumerable<(string Name, TimeSpan Time)> PhasesOf(SourceEdit? edit) => edit is SourceEdit times
        ? [("notice", times.Notice), ("build", times.Build)]
        : [];

    /// <summary>What is not known is absent.</summary>
    private static void WriteUsage(Utf8JsonWriter writer, PluginGenerationUsage usage)
    {
        writer.WriteStartObject("usage");
        foreach ((string name, long? value) in new (string, long?)[]
        {
            ("mappings", usage.Mappings), ("mapped_bytes", usage.MappedBytes), ("resident_bytes", usage.ResidentBytes),
            ("modified_bytes", usage.ModifiedBytes), ("added_threads", usage.AddedThreads),
        })
        {
            if (value is not null)
            {
                writer.WriteNumber(name, value.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WritePhases(Utf8JsonWriter writer, params (string Name, TimeSpan Time)[] phases)
    {
        writer.WriteStartObject("phase_ms");
        foreach ((string name, TimeSpan time) in phases)
        {
            writer.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
        }

        writer.WriteEndObject();
    }

    private void Write(string name, int generation, Action<Utf8JsonWriter> writeMembers)
    {
        try
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("event", name);
                writer.WriteNumber("generation", generation);
                writeMembers(writer);
            }));
        }
        catch (IOException)
        {
            // The stream has told its OnFailure, by which the watch ends.
        }
    }
}
