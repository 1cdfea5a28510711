using System.Text.RegularExpressions;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>How many NativeAOT libraries a process carries, at the real values of this machine.</summary>
public partial class ResidentLimitTests
{
    private const string AllCaught = """
        itself: caught, on a thread: caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        itself again: caught

        """;

    // Fewer where the C library allows fewer: musl has 128 thread keys, and each image takes one.
    private static readonly int s_count = Math.Min(300, PluginHost.ResidentImageLimit);

    private static readonly string s_allFine = $"loaded {s_count}, resident {s_count} of {PluginHost.ResidentImageLimit}\n{AllCaught}";

    private static readonly HostEnvironment s_patient = new() { Limit = TimeSpan.FromMinutes(5) };

    // PublishAot in a project turns dynamic code off under the JIT too; that must not pass for NativeAOT.
    [Theory]
    [InlineData(null)]
    [InlineData("\"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported\": false")]
    public void Under_CoreCLR_300_are_fine(string? property)
    {
        HostResult result = ManagedEmbedder.RunWith(property, s_patient, "resident-limit", Repository.Probe, $"{s_count}").Exits(0);

        Assert.Equal(s_allFine, result.Output);
    }

    [Fact]
    public void Under_NativeAOT_300_are_fine()
    {
        HostResult result = HostProcess.RunProgram(
            Repository.NativeEmbedder, s_patient, "resident-limit", Repository.Probe, $"{s_count}").Exits(0);

        Assert.Equal(s_allFine, result.Output);
    }

    [Fact]
    public void Without_the_dispatcher_as_many_as_the_signal_stack_holds_are_fine_and_the_next_is_refused()
    {
        HostResult result = ManagedEmbedder.RunWith(
            ManagedEmbedder.WithoutDispatcher, s_patient, "resident-limit", Repository.Probe, "100").Exits(0);

        Match refusal = Refusal().Match(result.Output);
        string limit = refusal.Groups["limit"].Value;
        Assert.True(refusal.Success, result.Output);
        Assert.EndsWith(
            $", found {limit} are resident already; they cannot be unloaded\nloaded {limit}, resident {limit} of {limit}\n{AllCaught}",
            result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_exception_is_lost_while_others_are_loaded()
    {
        HostResult result = ManagedEmbedder.RunWith(null, s_patient, "faults-while-loading", Repository.Probe, "100").Exits(0);

        Assert.Equal(
            "threads that caught some and lost none: 8, loaded 102\nitself: caught, first: caught, last: caught\n", result.Output);
    }

    [GeneratedRegex(
        @"^refused number \d+: NP3005, expected at most (?<limit>\d+) resident NativeAOT libraries in an application on CoreCLR: CoreCLR's signal stack of "
        + @"\d+ bytes, of which what the kernel saves of this processor takes \d+, holds no more handlers; the helper that would do without them is missing: "
        + @"NativePlugins\.SignalDispatcher\.IsSupported is false, found ")]
    private static partial Regex Refusal();
}
