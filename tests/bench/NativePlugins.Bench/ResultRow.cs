namespace NativePlugins.Bench;

/// <summary>
/// One comparison, of medians; or a figure that has no peer. A goal is a bound on the ratio, on the difference when the unit is per call,
/// on our own value, or on a percentile.
/// </summary>
internal sealed record ResultRow
{
    public required string Name { get; init; }

    public required double Ours { get; init; }

    public double? Peer { get; init; }

    public string? PeerName { get; init; }

    public double? Ratio { get; init; }

    public required string Unit { get; init; }

    public required int Repetitions { get; init; }

    public ResultRange? OursRange { get; init; }

    public ResultRange? PeerRange { get; init; }

    public ResultGoal? Goal { get; init; }

    /// <summary>Compares two series; a goal is a bound on ours ÷ peer.</summary>
    public static ResultRow Compare(string name, Series ours, string peerName, Series peer, string unit, double? maxRatio = null) =>
        Of(name, ours, peerName, peer, unit) with { Goal = maxRatio is { } max ? new ResultGoal("ratio", max, ours.Median / peer.Median) : null };

    /// <summary>Compares two series; the goal is a bound on ours − peer.</summary>
    public static ResultRow CompareDifference(string name, Series ours, string peerName, Series peer, string unit, double maxDifference) =>
        Of(name, ours, peerName, peer, unit) with { Goal = new ResultGoal("difference", maxDifference, ours.Median - peer.Median) };

    /// <summary>Compares two figures that do not vary.</summary>
    public static ResultRow CompareSizes(string name, double ours, string peerName, double peer, string unit) =>
        Of(name, new Series([ours]), peerName, new Series([peer]), unit) with { OursRange = null, PeerRange = null };

    /// <summary>A figure without a peer; the goal is a bound on a percentile.</summary>
    public static ResultRow Bound(string name, Series ours, string unit, int percent, double most) => new()
    {
        Name = name,
        Ours = ours.Median,
        Unit = unit,
        Repetitions = ours.Count,
        OursRange = ResultRange.Of(ours),
        Goal = new ResultGoal($"p{percent}", most, ours.Percentile(percent)),
    };

    private static ResultRow Of(string name, Series ours, string peerName, Series peer, string unit) => new()
    {
        Name = name,
        Ours = ours.Median,
        Peer = peer.Median,
        PeerName = peerName,
        Ratio = ours.Median / peer.Median,
        Unit = unit,
        Repetitions = ours.Count,
        OursRange = ResultRange.Of(ours),
        PeerRange = ResultRange.Of(peer),
    };
}

internal sealed record ResultRange(double Min, double P95, double P99, double Max)
{
    public static ResultRange Of(Series series) => new(series.Min, series.Percentile(95), series.Percentile(99), series.Max);
}

/// <summary>What the project reaches for. Nothing fails when it is missed.</summary>
internal sealed record ResultGoal(string Of, double AtMost, double Found)
{
    public bool IsMet => Found <= AtMost;
}
