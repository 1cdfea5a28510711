using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NativePlugins.Windows.Tests;

/// <summary>Runs the tests of this assembly: <c>NativePlugins.Windows.Tests REPORT.trx [every|CATEGORY]</c>. Exits with 0 if all passed.</summary>
internal static class Program
{
    private const int StackSize = 16 << 20;

    private static int Main(string[] arguments)
    {
        if (arguments.Length is 0 or > 2)
        {
            Console.Error.WriteLine("NativePlugins.Windows.Tests REPORT.trx [every|CATEGORY]");
            return 64;
        }

        // Opened before a test takes another console.
        TextWriter output = Console.Out;
        string category = arguments.Length == 2 ? arguments[1] : "every";
        using var results = new TestResults(category);
        using var discovered = new DiscoveredTests();
        using var framework = new XunitTestFramework(discovered);
        Assembly assembly = typeof(Program).Assembly;
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        discoverer.Find(includeSourceInformation: false, discovered, new RunOptions());
        discovered.Finished.WaitOne();

        using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
        foreach (ITestCase test in discovered.In(category))
        {
            // On a thread each: under Wine 8 a thread that has carried an exception out of a test can loop or overflow later.
            new Thread(() => executor.RunTests([test], results, new RunOptions()), StackSize) { IsBackground = true }.Start();
            results.WaitForEnd(test);
        }

        results.Save(arguments[0]);
        output.WriteLine(results);
        return results.HaveAllPassed ? 0 : 1;
    }
}
