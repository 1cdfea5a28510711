namespace NativePlugins.EndToEnd.Tests;

/// <summary>A host of another language, with nothing but the header, loads plugins in C#.</summary>
[Trait("Category", "Published")]
public class CHostTests
{
    [Theory]
    [InlineData("Hello, world!\n")]
    [InlineData("Hello, Ada!\n", "Ada")]
    public void A_host_in_C_is_greeted_by_the_plugin_in_CSharp(string greeting, params string[] arguments) =>
        Assert.Equal(greeting, Run(Path.Combine(Repository.Dist, "libhello_world.so"), arguments).Exits(0).Output);

    [Fact]
    public void An_exception_in_CSharp_reaches_a_host_in_C_as_an_error()
    {
        HostResult result = Run(Repository.Probe, "throw").Exits(70);

        Assert.Contains("System.InvalidOperationException: the outer one", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_in_CSharp_does_without_the_services_that_a_host_lacks()
    {
        Assert.Empty(Run(Repository.Probe, "settings").Exits(0).Output);
        Assert.Empty(Run(Repository.Probe, "log").Exits(0).Output);
    }

    private static HostResult Run(string plugin, params string[] arguments) =>
        HostProcess.RunProgram(NativeFixtures.CHost, new HostEnvironment(), [plugin, .. arguments]);
}
