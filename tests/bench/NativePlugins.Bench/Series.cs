namespace NativePlugins.Bench;

/// <summary>The measurements of one contestant.</summary>
internal sealed class Series(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>The smallest value that so many of 100 measurements do not exceed.</summary>
    public double Percentile(int percent) => _sorted[(int)Math.Ceiling(percent / 100.0 * _sorted.Length) - 1];
}
