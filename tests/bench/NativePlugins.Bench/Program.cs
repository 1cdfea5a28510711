using System.CommandLine;
using System.Text.RegularExpressions;
using NativePlugins.Bench;

const int LeastRepetitions = 10;

var filter = new Option<string>("--filter") { Description = "Measure only the groups whose name matches this regular expression: start, load, call, contract, inspect, reload, edit, size.", DefaultValueFactory = _ => "" };
var repetitions = new Option<int>("--repetitions") { Description = "How often each contestant runs, in turn with the others: at least 10.", DefaultValueFactory = _ => 30 };
var quick = new Option<bool>("--quick") { Description = "Ten repetitions and a tenth of the calls: a first impression." };
repetitions.Validators.Add(result =>
{
    if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int value) || value < LeastRepetitions))
    {
        result.AddError($"--repetitions expects a number from {LeastRepetitions} up, found '{result.Tokens[0].Value}'.");
    }
});
filter.Validators.Add(result =>
{
    if (result.Tokens.Count > 0 && !IsRegex(result.Tokens[0].Value))
    {
        result.AddError($"--filter expects a regular expression, found '{result.Tokens[0].Value}'.");
    }
});

var root = new RootCommand("Measures NativePlugins beside its peers, prints a table, and writes artifacts/bench/results.json.") { filter, repetitions, quick };
root.SetAction(parsed =>
{
    bool isQuick = parsed.GetValue(quick);
    return BenchRun.Run(BenchFiles.Find(), new BenchOptions
    {
        Filter = new Regex(parsed.GetValue(filter)!, RegexOptions.IgnoreCase),
        Repetitions = isQuick ? LeastRepetitions : parsed.GetValue(repetitions),
        CallsPerRepetition = isQuick ? 1_000_000 : 10_000_000,
    });
});
ParseResult parse = root.Parse(args);
int exitCode = parse.Invoke();
return parse.Errors.Count > 0 ? 64 : exitCode;

static bool IsRegex(string text)
{
    try
    {
        _ = new Regex(text);
        return true;
    }
    catch (ArgumentException)
    {
        return false;
    }
}
