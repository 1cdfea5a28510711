using System.Globalization;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin in C# in a process that may have only so much address space: <c>ulimit -v</c>.</summary>
[Trait("Category", "Published")]
public class AddressSpaceTests
{
    [Fact]
    public void What_a_plugin_in_CSharp_needs_is_said_before_its_runtime_ends_the_process()
    {
        HostResult result = Run(kibibytes: 1_000_000).Exits(71);

        Assert.Contains("NP3009", result.Error, StringComparison.Ordinal);
        Assert.Contains("1,024 MiB are the range of its garbage collector", result.Error, StringComparison.Ordinal);
        Assert.Contains("a limit of 976 MiB", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600_000)]
    [InlineData(1_500_000)]
    [InlineData(2_200_000)]
    [InlineData(2_400_000)]
    [InlineData(2_600_000)]
    [InlineData(2_800_000)]
    [InlineData(3_000_000)]
    [InlineData(4_000_000)]
    public void Whatever_the_limit_is_it_greets_or_says_why_not(int kibibytes)
    {
        HostResult result = Run(kibibytes);

        Assert.True(result.Ended is "exit 0" or "exit 71", result.ToString());
    }

    [Fact]
    public void A_plugin_in_C_needs_none_of_that() =>
        HostProcess.RunProgram("/bin/sh", new HostEnvironment(), "-c", $"ulimit -v 1000000; exec {Repository.Host} hello_c").Exits(0);

    private static HostResult Run(int kibibytes) => HostProcess.RunProgram(
        "/bin/sh", new HostEnvironment(), "-c", string.Create(CultureInfo.InvariantCulture, $"ulimit -v {kibibytes}; exec {Repository.Host} hello_world"));
}
