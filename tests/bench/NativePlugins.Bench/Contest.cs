namespace NativePlugins.Bench;

/// <summary>Runs programs in turn (A B C A B C …), so that what else the machine does meets them all alike.</summary>
internal static class Contest
{
    public static IReadOnlyDictionary<string, IReadOnlyList<MeasuredProcess>> Run(
        string title, int repetitions, IReadOnlyList<(string Name, Func<MeasuredProcess> Run)> contestants, int warmUp = 2)
    {
        var results = contestants.ToDictionary(contestant => contestant.Name, _ => new List<MeasuredProcess>());
        for (int i = -warmUp; i < repetitions; i++)
        {
            Progress.Report(title, Math.Max(0, i), repetitions);
            foreach ((string name, Func<MeasuredProcess> run) in contestants)
            {
                MeasuredProcess measured = run();
                if (i >= 0)
                {
                    results[name].Add(measured);
                }
            }
        }

        Progress.Done(title, repetitions);
        return results.ToDictionary(result => result.Key, result => (IReadOnlyList<MeasuredProcess>)result.Value);
    }
}
