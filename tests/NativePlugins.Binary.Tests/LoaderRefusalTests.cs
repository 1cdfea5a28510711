using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests;

/// <summary>What the system's loader refuses, and what it loads: the part of <c>conform --refusals</c> that needs no waiting.</summary>
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
}
