using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Says what happens to a plugin that is watched. Called from several threads.</summary>
internal interface IWatchReport : IDisposable
{
    void Loaded(Plugin plugin);

    /// <param name="generation">The number that the new generation would have.</param>
    /// <param name="plan">What the build takes.</param>
    void Building(int generation, BuildPlan plan);

    /// <summary>A step of the build begins.</summary>
    void Doing(string step);

    void Unchanged();

    void Reloading(int generation);

    void Reloaded(PluginReload reload, SourceEdit? edit);

    /// <param name="serving">The number of the generation that goes on; 0 if there is none yet.</param>
    void ReloadFailed(int generation, int serving, ErrorReport error, PluginReloadTimings? timings, SourceEdit? edit);

    /// <param name="retirement">Of the generation.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="usage">What the generation still takes of the process; null when its library is gone.</param>
    void Retired(PluginRetirement retirement, TimeSpan time, PluginGenerationUsage? usage);

    /// <summary>Where the command writes to, until <see cref="Ran"/> or <see cref="RunFailed"/>.</summary>
    (Stream Output, Stream ErrorOutput) BeginRun(int generation);

    void Ran(string pluginId, int generation, int status, TimeSpan time);

    void RunFailed(int generation, ErrorReport error, TimeSpan time);

    /// <summary>The command was asked to end, and did.</summary>
    void RunCancelled();

    /// <summary>This process can load nothing any more, and a fresh one takes its place.</summary>
    /// <param name="generation">The number of the generation that serves; 0 if there is none.</param>
    /// <param name="library">Whose constructors or destructors do not return.</param>
    void StartingAnew(int generation, string library);
}

/// <summary>From a change of a source file on.</summary>
/// <param name="Notice">From the time that the file bears until the build began.</param>
/// <param name="Build">The build's own time.</param>
internal readonly record struct SourceEdit(TimeSpan Notice, TimeSpan Build);
