using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Host.Tests.Manifests;

public sealed class PluginVersionRangeTests
{
    [Theory]
    [InlineData(">= 1.2.0", "1.2.0", true)]
    [InlineData(">= 1.2.0", "1.1.9", false)]
    [InlineData(">=1.2", "1.2.0", true)]
    [InlineData("> 1", "1.0.0", false)]
    [InlineData("> 1", "1.0.1", true)]
    [InlineData("= 1.2.3", "1.2.3+build", true)]
    [InlineData("= 1.2.3", "1.2.4", false)]
    [InlineData(">= 1.2 < 2.0", "1.99.0", true)]
    [InlineData(">= 1.2 < 2.0", "2.0.0", false)]
    [InlineData(">=1.2,<2", "1.3.0", true)]
    [InlineData("<= 1.0.0-beta.2", "1.0.0-beta.11", false)]
    [InlineData(">= 1.2.0", "1.2.0-rc.1", false)]
    [InlineData(">= 1.2.0", "1.3.0-rc.1", true)]
    [InlineData("*", "0.0.1-a", true)]
    [InlineData("*", "not a version", false)]
    public void A_range_contains_what_fulfils_all_its_comparisons(string range, string version, bool isContained) =>
        Assert.Equal(isContained, PluginVersionRange.Parse(range).Contains(version));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1.2.0")]
    [InlineData(">=")]
    [InlineData(">= one")]
    [InlineData(">= 1.2.3.4")]
    [InlineData(">= 01.2")]
    [InlineData(">= 1.2 *")]
    [InlineData("=> 1.2")]
    [InlineData("^1.2")]
    [InlineData(">= 1.2-beta")]
    public void Anything_else_is_no_range(string text)
    {
        Assert.False(PluginVersionRange.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PluginVersionRange.Parse(text));
    }

    [Fact]
    public void No_text_makes_the_parser_fail_in_another_way() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<string>(
            text => !PluginVersionRange.TryParse(text, out PluginVersionRange? range) || PluginVersionRange.TryParse(range.ToString(), out _)));

    [Fact]
    public void A_bound_and_its_opposite_divide_all_versions()
    {
        Gen<string> versions = Gen.Choose(0, 2).Three().Zip(Gen.Elements("", "-a", "-1"))
            .Select(parts => $"{parts.Item1.Item1}.{parts.Item1.Item2}.{parts.Item1.Item3}{parts.Item2}");
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(versions.Two().ToArbitrary(), pair =>
            PluginVersionRange.Parse($">= {pair.Item2}").Contains(pair.Item1) != PluginVersionRange.Parse($"< {pair.Item2}").Contains(pair.Item1)));
    }
}
