using NativePlugins.Conform;

namespace NativePlugins.Host.Tests.Binary;

/// <summary>What the system's loader refuses, and what it loads: the part of <c>conform --refusals</c> that takes no waiting.</summary>
public sealed class LoaderRefusalTests
{
    [Fact]
    public void Each_refusal_has_one_pair_and_there_are_more_than_eighty()
    {
        string[] names = [.. RefusalCorpus.All.Select(pair => pair.Name)];

        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Length >= 80, $"{names.Length} pairs");
    }

    [RefusalFact]
    public void The_verdict_about_each_refusal_and_about_its_nearest_neighbour_is_the_loaders() =>
        Assert.Empty(RefusalRun.Execute(RefusalCorpus.All.Where(pair => !pair.IsSlow)));

    [RefusalFact]
    public void A_pipe_under_the_name_of_a_needed_library_is_refused_before_the_loader_waits_for_it()
    {
        using var temp = new TemporaryDirectory();
        var compiled = new CompiledLibraries(temp.CreateDirectory("compiled"));
        var side = new RefusalSide(temp.CreateDirectory("plugin"), compiled);
        RefusalCorpus.All.Single(pair => pair.Name == "first-is-a-pipe").Refused(side);
        using var host = new PluginHost();

        var refusal = Assert.Throws<PluginDependencyBrokenException>(() => host.Load(side.Library));

        Assert.Contains("NP2001", refusal.Found, StringComparison.Ordinal);
    }
}
