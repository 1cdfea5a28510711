using System.Globalization;
using System.Xml.Linq;

namespace NativePlugins.Build;

/// <summary>A test that failed or was skipped, and why.</summary>
internal sealed record TestNote(string Name, string Text);

/// <summary>What the reports of one or more test projects say.</summary>
internal sealed record TestSummary(int Passed, IReadOnlyList<TestNote> Failed, IReadOnlyList<TestNote> Skipped)
{
    private static readonly XNamespace s_trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestSummary Empty { get; } = new(0, [], []);

    public static TestSummary operator +(TestSummary left, TestSummary right) =>
        new(left.Passed + right.Passed, [.. left.Failed, .. right.Failed], [.. left.Skipped, .. right.Skipped]);

    /// <summary>Reads a project's report. A run that failed without a failed test, a crash of the process say, counts as one failure.</summary>
    public static TestSummary Read(string project, string report, ToolResult run)
    {
        var results = File.Exists(report) ? XDocument.Load(report).Descendants(s_trx + "UnitTestResult").ToList() : [];
        var passed = results.Count(result => Outcome(result) == "Passed");
        var skipped = results.Where(result => Outcome(result) == "NotExecuted").Select(Note).ToList();
        var failed = results.Where(result => Outcome(result) is not ("Passed" or "NotExecuted")).Select(Note).ToList();
        if (run.ExitCode != 0 && (failed.Count == 0 || run.Output.Contains("Test Run Aborted", StringComparison.Ordinal)))
        {
            failed.Add(new TestNote(project, $"the test process ended early; its output:\n{run.Tail}"));
        }

        return new TestSummary(passed, failed, skipped);
    }

    /// <summary>The line that the <c>test</c> verb ends with.</summary>
    public override string ToString()
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed.Count} failed");
        return Skipped.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{counts}, {Skipped.Count} skipped") : counts;
    }

    private static string Outcome(XElement result) => result.Attribute("outcome")?.Value ?? "";

    private static TestNote Note(XElement result)
    {
        var output = result.Element(s_trx + "Output");
        string?[] texts =
        [
            output?.Element(s_trx + "ErrorInfo")?.Element(s_trx + "Message")?.Value,
            output?.Element(s_trx + "ErrorInfo")?.Element(s_trx + "StackTrace")?.Value,
            output?.Element(s_trx + "StdOut")?.Value,
        ];
        return new TestNote(result.Attribute("testName")?.Value ?? "", string.Join('\n', texts.Where(text => !string.IsNullOrWhiteSpace(text))));
    }
}
