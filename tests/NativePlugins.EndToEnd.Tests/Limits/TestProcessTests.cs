namespace NativePlugins.EndToEnd.Tests;

/// <summary>Runs after all other tests: xunit leaves collections that are not parallel to the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterAllOthers
{
    public const string Name = "last";
}

[Collection(AfterAllOthers.Name)]
public class TestProcessTests
{
    [Fact]
    public void This_process_carries_no_more_NativeAOT_libraries_than_it_may() =>
        Assert.InRange(PluginHost.ResidentImageCount, 0, PluginHost.ResidentImageLimit);
}
