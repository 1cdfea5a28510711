namespace ImageTool;

/// <summary>One filter of a chain, as it stands on the command line: <c>blur</c> or <c>blur:8</c>.</summary>
/// <param name="Name">The plugin's.</param>
/// <param name="Amount">0 for the filter's default.</param>
internal readonly record struct FilterStep(string Name, int Amount)
{
    public static FilterStep Parse(string text) => text.Split(':') switch
    {
        [var name] => new FilterStep(name, 0),
        [var name, var amount] when Numbers.Parse(amount) is int number => new FilterStep(name, number),
        _ => throw new UsageException($"FILTER or FILTER:AMOUNT was expected, such as blur:8, not '{text}'"),
    };
}
