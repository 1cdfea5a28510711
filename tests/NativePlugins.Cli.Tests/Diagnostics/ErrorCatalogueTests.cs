using System.Text.Json;

namespace NativePlugins.Cli.Tests.Diagnostics;

public class ErrorCatalogueTests
{
    [Fact]
    public void Codes_are_unique_and_in_order()
    {
        string[] codes = [.. ErrorCatalogue.All.Select(entry => entry.Code)];

        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void Every_code_can_be_explained() => Assert.All(ErrorCatalogue.All, entry =>
    {
        HostRun run = HostRun.Of("explain", entry.Code.ToLowerInvariant());
        Assert.Equal(0, run.Status);
        Assert.Contains(entry.Title, run.Output, StringComparison.Ordinal);
        Assert.Contains($"Exit status: {entry.ExitCode}\n", run.Output, StringComparison.Ordinal);
    });

    [Fact]
    public void Without_a_code_all_are_listed()
    {
        string[] lines = HostRun.Of("explain").Output.TrimEnd('\n').Split('\n');

        Assert.Equal(ErrorCatalogue.All.Length + 1, lines.Length);
    }

    [Fact]
    public void As_JSON_each_is_an_object_on_its_line()
    {
        string[] lines = HostRun.Of("explain", "--json").Output.TrimEnd('\n').Split('\n');

        Assert.Equal(ErrorCatalogue.All.Length, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("NP", JsonDocument.Parse(line).RootElement.GetProperty("code").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_code_suggests_the_nearest_one()
    {
        HostRun run = HostRun.Of("explain", "NP5303");

        Assert.Equal(64, run.Status);
        Assert.Contains("Did you mean NP5003?", run.Error, StringComparison.Ordinal);
    }
}
