namespace NativePlugins.Windows.Tests.Lifecycle;

/// <summary>Applications that NativeAOT has compiled, with plugins in C#.</summary>
public sealed class NativeApplicationTests : IDisposable
{
    private const int Generations = 30;

    private static readonly HostProgram s_embedder = new(Material.Native("embedder"));

    private readonly Scratch _scratch = new();

    [Fact]
    public void Contracts_hold_within_the_application_and_both_ways_across_to_a_plugin()
    {
        HostResult result = new HostProgram(Material.Native("contract_checks")).Run(_scratch.Copy("contract_probe")).Exits(0);

        string[] lines = result.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([], lines.Where(line => !line.StartsWith("passed ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("passed in process: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("passed contract_probe: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reload_keeps_the_state_and_the_new_version_takes_it_over()
    {
        string installed = _scratch.Install("counter");

        HostResult result = s_embedder.Run("reload", installed, _scratch.Folder("staging"), Material.Plugin("counter_2")).Exits(0);

        Assert.Equal(
            "run 1\nrun 2\ngeneration 2, version 2.0.0, the old one is Resident\nrun 3, 1 by ada\nrun 4, 2 by ada\nresident 2\n", Lines(result));
    }

    [Fact]
    public void NullReferenceExceptions_are_caught_in_the_oldest_and_the_newest_image_after_thirty_reloads()
    {
        HostResult result = s_embedder.Run(
            "reload-limit", _scratch.Copy("probe", "oldest.dll"), _scratch.Copy("probe", "reloaded.dll"), _scratch.Folder("staging"), $"{Generations}").Exits(0);

        Assert.Equal(
            $"""
            generation {Generations + 1}, resident {Generations + 2}, refusals 0
            itself: caught, on a thread: caught
            plugin: caught, 2 caught, on a thread: caught, 2 caught
            plugin: caught, 2 caught, on a thread: caught, 2 caught
            itself again: caught

            """,
            Lines(result));
    }

    public void Dispose() => _scratch.Dispose();

    private static string Lines(HostResult result) => result.Output.ReplaceLineEndings("\n");
}
