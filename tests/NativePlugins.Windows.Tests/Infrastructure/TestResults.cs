using System.Globalization;
using System.Xml.Linq;
using Xunit.Abstractions;

namespace NativePlugins.Windows.Tests;

/// <summary>Says what happens, keeps it, and writes it in the format of Visual Studio's test reports.</summary>
internal sealed class TestResults(string category) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly XNamespace s_trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly SemaphoreSlim _ended = new(0);
    private readonly List<XElement> _results = [];
    private readonly HashSet<string> _behaviours = [];
    private int _failed;

    public bool HaveAllPassed => _failed == 0 && _results.Count > 0;

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed passed:
                Add(passed.Test, "Passed", passed.ExecutionTime, "", "");
                _behaviours.Add($"{passed.TestClass.Class.Name}.{passed.TestMethod.Method.Name}");
                break;
            case ITestSkipped skipped:
                Add(skipped.Test, "NotExecuted", 0, skipped.Reason, "");
                break;
            case ITestFailed failed:
                _failed++;
                Add(failed.Test, "Failed", failed.ExecutionTime, string.Join('\n', failed.Messages), string.Join('\n', failed.StackTraces));
                break;
            case IErrorMessage error:
                _failed++;
                Add(null, "Failed", 0, string.Join('\n', error.Messages), string.Join('\n', error.StackTraces));
                break;
            case ITestAssemblyFinished:
                _ended.Release();
                break;
        }

        return true;
    }

    /// <summary>A test that hangs counts as failed, and the others are run.</summary>
    public void WaitForEnd(ITestCase test)
    {
        if (!_ended.Wait(s_limit))
        {
            _failed++;
            Add(null, "Failed", (decimal)s_limit.TotalSeconds, $"{test.DisplayName} did not end within {s_limit.TotalSeconds} s", "");
        }
    }

    public void Save(string path)
    {
        lock (_results)
        {
            new XDocument(new XElement(s_trx + "TestRun", new XElement(s_trx + "Results", _results))).Save(path);
        }
    }

    public void Dispose() => _ended.Dispose();

    /// <summary>A behaviour is a test method: the rows of its table are one.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"behaviours: {_behaviours.Count} shown by {_results.Count} tests, {_failed} failed ({category})");

    private void Add(ITest? test, string outcome, decimal seconds, string message, string stack)
    {
        string name = test?.DisplayName ?? "the run";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome} {seconds:F2} s {name} {message}"));
        lock (_results)
        {
            _results.Add(new XElement(
                s_trx + "UnitTestResult",
                new XAttribute("testName", Plain(name)),
                new XAttribute("outcome", outcome),
                new XElement(s_trx + "Output", new XElement(
                    s_trx + "ErrorInfo", new XElement(s_trx + "Message", Plain(message)), new XElement(s_trx + "StackTrace", Plain(stack))))));
        }
    }

    // XML has no place for control characters.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' ? '?' : char.IsSurrogate(c) ? '?' : c));
}
