using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>Remembers what was reported; stops, or throws, at one of the reports.</summary>
public sealed class ProgressRecorder : IProgressSink
{
    private readonly List<(double Fraction, string Stage)> _reports = [];

    public int StopAt { get; init; } = int.MaxValue;

    public int ThrowAt { get; init; } = int.MaxValue;

    /// <summary>Runs in each report.</summary>
    public Action? Then { get; init; }

    public IReadOnlyList<(double Fraction, string Stage)> Reports
    {
        get
        {
            lock (_reports)
            {
                return [.. _reports];
            }
        }
    }

    public bool Report(double fraction, string stage)
    {
        int count;
        lock (_reports)
        {
            _reports.Add((fraction, stage));
            count = _reports.Count;
        }

        Then?.Invoke();
        return count >= ThrowAt ? throw new InvalidOperationException("the sink is full") : count < StopAt;
    }
}
