using NativePlugins.Host.Loading;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>The errors that stand for the numbers of Windows' loader.</summary>
public class WindowsLoadErrorTests
{
    [Theory]
    [InlineData(126, "NP3001")]
    [InlineData(14001, "NP3001")]
    [InlineData(14003, "NP3001")]
    [InlineData(127, "NP3002")]
    [InlineData(182, "NP3002")]
    [InlineData(193, "NP2006")]
    [InlineData(216, "NP2006")]
    [InlineData(5, "NP2009")]
    [InlineData(32, "NP2009")]
    [InlineData(33, "NP2009")]
    [InlineData(577, "NP3004")]
    [InlineData(1260, "NP3004")]
    [InlineData(4551, "NP3004")]
    [InlineData(1114, "NP3004")]
    public void A_number_becomes_the_error_of_its_cause_with_the_systems_words(int number, string code)
    {
        PluginException? error = WindowsLoadErrors.Explain(@"C:\plugins\x.dll", new LoaderRefusal(number, $"words (error {number})"));

        Assert.Equal(code, error?.Code);
        Assert.Equal($"words (error {number})", error?.Found);
        Assert.Contains(@"'C:\\plugins\\x.dll'".Replace(@"\\", @"\", StringComparison.Ordinal), error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_by_side_assembly_that_is_missing_is_said_to_be_mostly_a_runtime_of_Visual_C() =>
        Assert.Contains("Visual C++", WindowsLoadErrors.Explain("x.dll", new LoaderRefusal(14001, "words"))?.Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(998)]
    public void Any_other_number_is_left_to_the_systems_words(int number) =>
        Assert.Null(WindowsLoadErrors.Explain("x.dll", new LoaderRefusal(number, "words")));
}
