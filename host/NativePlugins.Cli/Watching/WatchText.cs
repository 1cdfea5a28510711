using System.Globalization;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>For a person: the command's output as it is, what happens on standard error, and on a terminal a line that lives.</summary>
internal sealed class WatchText : IWatchReport
{
    private readonly HostTerminal _terminal;
    private readonly LiveLine _line;
    private readonly BuildClock _clock;
    private string _plugin = "";

    public WatchText(HostTerminal terminal)
    {
        (_terminal, _line) = (terminal, new LiveLine(terminal));
        _clock = new BuildClock(_line.Show);
    }

    public void Loaded(Plugin plugin)
    {
        Step(_clock.Stop());
        _plugin = UntrustedText.Escape($"{plugin.Description.Id} {plugin.Description.Version}");
        Note($"{_plugin} loaded, {Path.GetFileName(plugin.LibraryPath)}; Ctrl-C ends");
        if (plugin.IsManaged)
        {
            Note("it runs under the JIT, in this process's runtime: unlike the published library it is not trimmed, and reflection and dynamic code work; --native builds and runs that");
        }
    }

    public void Building(int generation, BuildPlan plan)
    {
        if (plan.Why is not null && _terminal.Settings.Verbose)
        {
            Note(UntrustedText.Escape($"builds all of generation {generation}: {plan.Why}"));
        }

        _clock.Start($"generation {generation}");
    }

    public void Doing(string step) => Step(_clock.Next(step));

    public void Unchanged()
    {
        Step(_clock.Stop());
        _line.Show("built, and the library is as it was");
    }

    public void Reloading(int generation)
    {
        Step(_clock.Stop());
        _line.Show($"reloading: generation {generation} …");
    }

    public void Reloaded(PluginReload reload, SourceEdit? edit)
    {
        PluginReloadTimings times = reload.Timings;
        _plugin = UntrustedText.Escape($"{reload.Description.Id} {reload.Description.Version}");
        string state = reload.StateSize is long size ? string.Create(CultureInfo.InvariantCulture, $", {size:N0} bytes of state carried over") : "";
        Note($"generation {reload.Generation}, {_plugin}: {Describe(edit, times)}{state}");
        Steps(WatchJson.PhasesOf(times));
    }

    public void ReloadFailed(int generation, int serving, ErrorReport error, PluginReloadTimings? timings, SourceEdit? edit)
    {
        Step(_clock.Stop());
        _line.Clear();
        _terminal.Report(error);
        Note(serving == 0 ? "waiting for a change" : $"generation {serving} goes on");
        Steps(WatchJson.PhasesOf(timings));
    }

    public void Retired(PluginRetirement retirement, TimeSpan time, PluginGenerationUsage? usage)
    {
        if (retirement.Error is not null || _terminal.Settings.Verbose)
        {
            Note($"generation {retirement.Generation} retired, its library {WatchJson.NameOf(retirement.Image).Replace('_', ' ')}{(usage?.ResidentBytes is long bytes ? string.Create(CultureInfo.InvariantCulture, $", {bytes / 1024:N0} KiB of it in memory") : "")}{(retirement.Error is string error ? $": {error}" : "")}");
        }
    }

    public (Stream Output, Stream ErrorOutput) BeginRun(int generation)
    {
        _line.Show($"{_plugin}, generation {generation}, runs");
        return (_line.Over(_terminal.Output), _line.Over(_terminal.ErrorOutput));
    }

    public void Ran(string pluginId, int generation, int status, TimeSpan time)
    {
        if (status != 0)
        {
            Note($"the command ended with status {status}");
        }

        Rest(generation, $"ended with {status} after {Milliseconds(time)}");
    }

    public void RunFailed(int generation, ErrorReport error, TimeSpan time)
    {
        _line.Clear();
        _terminal.Report(error);
        Rest(generation, $"failed with {error.Code}");
    }

    public void RunCancelled() => _line.Clear();

    public void StartingAnew(int generation, string library) => Note(
        $"starts anew, as {UntrustedText.Quote(Path.GetFileName(library))} holds the system's loader{(generation == 0 ? "" : "; the plugin's state is lost")}");

    public void Dispose()
    {
        _clock.Dispose();
        _line.Clear();
    }

    private static string Describe(SourceEdit? edit, PluginReloadTimings times)
    {
        string gate = $"calls waited {Milliseconds(times.GateClosed)}";
        return edit is SourceEdit source
            ? $"{Seconds(source.Notice + source.Build + times.UntilServing)} from the edit to running: noticed {Seconds(source.Notice)}, build {Seconds(source.Build)}, reload {Seconds(times.UntilServing)} ({gate})"
            : $"serves after {Milliseconds(times.UntilServing)} ({gate})";
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private void Rest(int generation, string end) => _line.Show($"{_plugin}, generation {generation}, {end}; watching");

    private void Steps(IEnumerable<(string Name, TimeSpan Time)> phases)
    {
        if (_terminal.Settings.Verbose)
        {
            Note(string.Join(", ", phases.Select(phase => $"{phase.Name} {Milliseconds(phase.Time)}")));
        }
    }

    private void Step((string Step, TimeSpan Time)? ended)
    {
        if (ended is (string step, TimeSpan time) && _terminal.Settings.Verbose)
        {
            Note(UntrustedText.Escape($"{step}: {Seconds(time)}"));
        }
    }

    private void Note(string text)
    {
        _line.Clear();
        _terminal.Note(text);
    }
}
