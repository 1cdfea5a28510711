namespace NativePlugins.EndToEnd.Tests;

/// <summary>What generations take of the process.</summary>
public class GenerationUsageTests
{
    [Fact]
    public void The_generation_that_serves_has_mappings_and_memory()
    {
        using var installed = new Installed();

        PluginGenerationUsage usage = Assert.Single(installed.Plugin.MeasureGenerations());

        Assert.Equal((1, null), (usage.Generation, usage.Retired));
        Assert.Equal(File.ReadLines("/proc/self/maps").Count(line => line.Contains(installed.Staging, StringComparison.Ordinal)), usage.Mappings);
        Assert.True(usage.ModifiedBytes > 0 && usage.ModifiedBytes <= usage.ResidentBytes && usage.ResidentBytes <= usage.MappedBytes, $"{usage}");
        Assert.NotNull(usage.AddedThreads);
    }

    [Fact]
    public void A_generation_that_was_unmapped_takes_nothing_and_one_that_stays_is_told_apart()
    {
        using var unmapped = new Installed();
        unmapped.Plugin.Reload();
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = scratch.Folder("staging") } });
        Plugin staying = host.Load(scratch.Copy(Installed.Compiled(1, "FLAGS=0"), "libgenerations.so"));
        staying.Reload();

        Assert.Equal([(2, null)], unmapped.Plugin.MeasureGenerations().Select(usage => (usage.Generation, usage.Retired)));
        IReadOnlyList<PluginGenerationUsage> both = staying.MeasureGenerations();
        Assert.Equal([(1, PluginRetiredImage.Pinned), (2, null)], both.Select(usage => (usage.Generation, usage.Retired)));
        Assert.All(both, usage => Assert.True(usage.Mappings > 0 && usage.ModifiedBytes > 0, $"{usage}"));
    }

    [Fact]
    public void A_refused_generation_that_stays_mapped_is_counted()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginStartFailedException>(2, "START_FAILS FLAGS=0");

        Assert.Equal(
            [(2, PluginRetiredImage.Pinned), (1, null)],
            installed.Plugin.MeasureGenerations().Select(usage => (usage.Generation, usage.Retired)));
    }

    [Fact]
    public void A_disposed_plugin_has_none_that_serves()
    {
        using var installed = new Installed();
        installed.Plugin.Dispose();

        Assert.Empty(installed.Plugin.MeasureGenerations());
    }

    [Fact]
    public void Threads_are_not_counted_where_nothing_is_reloaded()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();

        Assert.Null(Assert.Single(host.Load(scratch.Fixture("echo")).MeasureGenerations()).AddedThreads);
    }
}
