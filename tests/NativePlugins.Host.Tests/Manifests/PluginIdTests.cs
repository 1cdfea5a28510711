using NativePlugins.Host.Manifests;
using Xunit;

namespace NativePlugins.Host.Tests.Manifests;

public sealed class PluginIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("hello_world")]
    [InlineData("org.example.plug-in.2")]
    public void An_id_of_the_documented_form_is_accepted(string id) => Assert.True(PluginId.IsValid(id));

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData(".hidden")]
    [InlineData("../up")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a:b")]
    public void Anything_else_is_refused(string id) => Assert.False(PluginId.IsValid(id));

    [Fact]
    public void An_id_has_at_most_64_characters()
    {
        Assert.True(PluginId.IsValid(new string('a', 64)));
        Assert.False(PluginId.IsValid(new string('a', 65)));
    }
}
