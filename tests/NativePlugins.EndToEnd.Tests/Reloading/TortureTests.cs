namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// tests/apps/torture in its short form: 64 threads call while both plugins are reloaded, and others use objects, events and streams. `./build.sh torture` is the long
/// one.
/// </summary>
[Trait("Category", "Published")]
public class TortureTests
{
    [Fact]
    public void No_call_object_event_or_stream_is_lost_while_plugins_are_reloaded_under_it()
    {
        HostResult result = Torture(cReloads: 60, csharpReloads: 15, "--contracts", NativeFixtures.PathOf("contract_c"), Repository.ContractProbe).Exits(0);

        Assert.EndsWith("\n0 violations\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_gate_a_plugin_in_C_is_unmapped_under_its_callers()
    {
        HostResult result = Torture(cReloads: 60, csharpReloads: 0, "--without-gate");

        Assert.Matches("^signal (4|6|7|11)$", result.Ended);
    }

    [Fact]
    public void Without_the_gate_calls_into_a_plugin_in_CSharp_are_missing_in_its_state()
    {
        HostResult result = Torture(cReloads: 0, csharpReloads: 10, "--without-gate").Exits(1);

        Assert.Contains("wrong: C#: the state is", result.Output, StringComparison.Ordinal);
    }

    private static HostResult Torture(int cReloads, int csharpReloads, params string[] options) => HostProcess.RunProgram(
        Repository.Torture, new HostEnvironment(),
        [NativeFixtures.PathOf("torture_c"), $"{cReloads}", Repository.TorturePluginInCSharp, $"{csharpReloads}", .. options]);
}
