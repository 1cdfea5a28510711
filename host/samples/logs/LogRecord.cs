using System.Collections.ObjectModel;
using NativePlugins.Contracts;

namespace Logs;

/// <summary>A line of a log, and what is known of it.</summary>
/// <param name="Message">What it says.</param>
[PluginData]
public sealed partial record LogRecord(string Message)
{
    /// <summary>Where the line comes from. Set by the application: what a parser says here does not count.</summary>
    public string Source { get; init; } = "";

    /// <summary>The number of the line in its source, from 1. Set by the application, too.</summary>
    public long Line { get; init; }

    /// <summary>When it happened; null if the line does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>How bad it is; null if the line does not say.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Everything else, by its name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
