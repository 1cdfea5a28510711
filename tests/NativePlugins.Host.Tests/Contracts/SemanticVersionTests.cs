using Xunit;

namespace NativePlugins.Host.Tests.Contracts;

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
}
