namespace LogPipe;

/// <summary>What became of the lines.</summary>
internal sealed class Tally
{
    public long Read { get; set; }

    public long Dropped { get; set; }

    /// <summary>Lines that no parser took. They went on as they are.</summary>
    public long Unparsed { get; set; }

    /// <summary>Records that a sink did not take, once for each sink.</summary>
    public long Refused { get; set; }

    /// <summary>Whether a source could not be read, or a sink not be flushed at the end.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether the pipeline came to its end.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Those of sysexits.h, as <c>host</c> has them: 70 for a fault of our own, 74 where reading or writing failed.</summary>
    public int ExitStatus => !IsComplete ? 70 : HasFailed || Refused > 0 ? 74 : 0;

    public override string ToString() => $"lines read: {Read}, dropped by filters: {Dropped}, in no known form: {Unparsed}, refused by sinks: {Refused}";
}
