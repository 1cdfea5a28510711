using System.Globalization;
using Xunit.Abstractions;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Random values of each shape of type, to C and to C# and back. How many is said by an environment variable.</summary>
public class DataValueTests(TestPlugins plugins, ITestOutputHelper output) : IClassFixture<TestPlugins>
{
    private const string Variable = "NATIVE_PLUGINS_DATA_VALUES";
    private const int UsualCount = 300;

    public static IEnumerable<object[]> Shapes => TestPlugins.Names.SelectMany(plugin => DataValues.All.Keys.Select(shape => new object[] { plugin, shape }));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_come_back_as_they_went(string plugin, string shape)
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int said) ? said : UsualCount;

        DataValues.All[shape].Send(plugins[plugin], count);

        output.WriteLine($"{count} values of {shape} to {plugin}, 0 differences");
    }
}
