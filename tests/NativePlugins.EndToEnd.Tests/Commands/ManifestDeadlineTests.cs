using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public class ManifestDeadlineTests
{
    [Fact]
    public void The_child_that_a_manifest_is_asked_from_ends_too()
    {
        using var scratch = new Scratch();

        JsonElement error = HostProcess.Run("manifest", "--json", "--timeout", "300ms", scratch.Fixture("constructor_hangs")).Exits(75).ErrorObject;

        Assert.Equal("NP3017", error.GetProperty("code").GetString());
    }
}
