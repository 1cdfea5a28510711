namespace NativePlugins.EndToEnd.Tests;

/// <summary>How many NativeAOT libraries a process carries, at the real values.</summary>
public class ResidentLimitTests
{
    private const string AllCaught = """
        itself: caught, on a thread: caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        itself again: caught

        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Under_CoreCLR_14_are_fine_and_the_next_is_refused(bool isDynamicCodeSupported)
    {
        using var scratch = new Scratch();
        string configuration = scratch.Write("runtimeconfig.json", RuntimeConfiguration(isDynamicCodeSupported));

        HostResult result = HostProcess.RunProgram(
            Environment.ProcessPath!, new HostEnvironment(),
            "exec", "--runtimeconfig", configuration, Repository.ManagedEmbedder, "resident-limit", Repository.Probe, "20").Exits(0);

        Assert.Equal(
            "refused number 15: NP3005, expected at most 14 resident NativeAOT libraries (the application runs on CoreCLR), "
            + $"found 14 are resident already; they cannot be unloaded\nloaded 14, resident 14 of 14\n{AllCaught}",
            result.Output);
    }

    [Fact]
    public void Under_NativeAOT_300_are_fine()
    {
        HostResult result = HostProcess.RunProgram(
            Repository.NativeEmbedder, new HostEnvironment(), "resident-limit", Repository.Probe, "300").Exits(0);

        Assert.Equal($"loaded 300, resident 300 of 900\n{AllCaught}", result.Output);
    }

    // PublishAot in a project turns dynamic code off under the JIT too; that must not pass for NativeAOT.
    private static string RuntimeConfiguration(bool isDynamicCodeSupported) => $$"""
        {
          "runtimeOptions": {
            "tfm": "net10.0",
            "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
            "configProperties": {
              "System.Globalization.Invariant": true,
              "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported": {{(isDynamicCodeSupported ? "true" : "false")}}
            }
          }
        }
        """;
}
