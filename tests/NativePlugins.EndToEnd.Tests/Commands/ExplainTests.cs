namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public class ExplainTests
{
    [Fact]
    public void Explain_knows_every_code_that_the_library_throws()
    {
        foreach (PluginError error in PluginErrors.All)
        {
            string text = HostProcess.Run("explain", error.Code).Exits(0).Output;

            Assert.StartsWith($"{error.Code}: {error.Title}\n", text, StringComparison.Ordinal);
            Assert.EndsWith($"Exit status: {error.ExitCode}\n", text, StringComparison.Ordinal);
        }
    }
}
