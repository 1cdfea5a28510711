using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Cli.Tests.Running;

public class ExitCodesTests
{
    [Fact]
    public void A_plugins_status_is_passed_on_from_0_to_63_and_is_1_otherwise() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int>(status =>
            ExitCodes.FromPlugin(status) == (status is >= 0 and <= 63 ? status : 1)));

    [Theory]
    [InlineData(63, 63)]
    [InlineData(64, 1)]
    [InlineData(256, 1)]
    [InlineData(-1, 1)]
    public void The_ends_of_that_range_are_exact(int status, int exitCode) => Assert.Equal(exitCode, ExitCodes.FromPlugin(status));

    [Fact]
    public void The_true_status_is_said() =>
        Assert.Contains("status -7;", StatusReport.Text("p", -7), StringComparison.Ordinal);

    [Fact]
    public void Timings_are_aligned() => Assert.Equal(
        "host: map         0.250 ms\nhost: start    1234.500 ms\n",
        TimingReport.Text([("map", TimeSpan.FromMilliseconds(0.25)), ("start", TimeSpan.FromMilliseconds(1234.5))]));
}
