using Xunit.Abstractions;

namespace NativePlugins.Windows.Tests;

/// <summary>Collects the tests of the assembly.</summary>
internal sealed class DiscoveredTests : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly List<ITestCase> _tests = [];

    public ManualResetEvent Finished { get; } = new(initialState: false);

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage discovered)
        {
            _tests.Add(discovered.TestCase);
        }
        else if (message is IDiscoveryCompleteMessage)
        {
            Finished.Set();
        }

        return true;
    }

    /// <summary>Those with this value of the trait Category; "every" means those without one.</summary>
    public IEnumerable<ITestCase> In(string category) => _tests.Where(test =>
        test.Traits.TryGetValue("Category", out List<string>? values) ? values.Contains(category) : category == "every");

    public void Dispose() => Finished.Dispose();
}
