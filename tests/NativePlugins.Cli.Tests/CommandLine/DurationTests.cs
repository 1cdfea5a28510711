namespace NativePlugins.Cli.Tests.CommandLine;

public class DurationTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7", 7_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("24h", 86_400_000)]
    public void A_number_has_a_unit_or_is_seconds(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Duration.Parse("--timeout", text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("0")]
    [InlineData("-1s")]
    [InlineData("25h")]
    [InlineData("1e3")]
    [InlineData("1 s")]
    [InlineData("1,5s")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999999h")]
    [InlineData("10sec")]
    public void Anything_else_is_a_usage_error(string text) =>
        Assert.Equal(64, Assert.Throws<CliException>(() => Duration.Parse("--timeout", text)).Report.ExitCode);
}
