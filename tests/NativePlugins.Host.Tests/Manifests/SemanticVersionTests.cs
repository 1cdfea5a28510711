using NativePlugins.Host.Manifests;
using Xunit;

namespace NativePlugins.Host.Tests.Manifests;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3")]
    [InlineData("10.20.30-alpha.1")]
    [InlineData("1.0.0-0A.is.legal")]
    [InlineData("1.0.0+20130313144700")]
    [InlineData("1.0.0-beta+exp.sha.5114f85")]
    [InlineData("1.0.0+21AF26D3---117B344092BD")]
    public void A_semantic_version_is_accepted(string version) => Assert.True(SemanticVersion.IsValid(version));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-ä")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.x")]
    public void Anything_else_is_refused(string version) => Assert.False(SemanticVersion.IsValid(version));

    // The example of item 11, and cases that it leaves out.
    private static readonly string[] s_ascending =
    [
        "0.9.10", "1.0.0-0", "1.0.0-9", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
        "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.9.0", "1.10.0", "2.0.0-a-b", "2.0.0", "18446744073709551616.0.0",
    ];

    [Fact]
    public void Versions_have_the_order_of_item_11()
    {
        foreach ((string left, int i) in s_ascending.Select((version, i) => (version, i)))
        {
            foreach ((string right, int j) in s_ascending.Select((version, j) => (version, j)))
            {
                Assert.True(Math.Sign(SemanticVersion.Compare(left, right)) == i.CompareTo(j), $"{left} and {right}");
            }
        }
    }

    [Fact]
    public void Build_metadata_do_not_count() => Assert.Equal(0, SemanticVersion.Compare("1.0.0-a+x-1", "1.0.0-a"));
}
