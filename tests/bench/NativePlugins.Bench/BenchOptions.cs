using System.Text.RegularExpressions;

namespace NativePlugins.Bench;

/// <summary>How much to measure.</summary>
internal sealed record BenchOptions
{
    public required Regex Filter { get; init; }

    public required int Repetitions { get; init; }

    public required int CallsPerRepetition { get; init; }
}
