using NativePlugins.Host.Reload;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using Xunit;

namespace NativePlugins.Host.Tests.Staging;

/// <summary>Copies of files that change meanwhile.</summary>
public sealed class StagingAreaTests
{
    [Fact]
    public void A_source_that_is_written_to_while_it_is_copied_is_refused_and_nothing_stays() =>
        AssertRefused(source => File.AppendAllText(source, "more"), "bytes");

    [Fact]
    public void A_source_that_is_rewritten_in_its_size_while_it_is_copied_is_refused() =>
        AssertRefused(source => File.WriteAllText(source, "SAME"), "written to");

    [Fact]
    public void A_source_that_is_rewritten_in_its_size_and_its_time_while_it_is_copied_is_refused() => AssertRefused(
        source =>
        {
            DateTime time = File.GetLastWriteTimeUtc(source);
            File.WriteAllText(source, "SAME");
            File.SetLastWriteTimeUtc(source, time);
        },
        "written to");

    [Fact]
    public void A_source_that_is_replaced_while_it_is_copied_is_refused() => AssertRefused(
        source =>
        {
            File.Copy(source, source + ".new");
            File.Move(source + ".new", source, overwrite: true);
        },
        "another file");

    [Fact]
    public void A_source_that_is_deleted_while_it_is_copied_is_refused() => AssertRefused(File.Delete, "no such file");

    [Fact]
    public void The_hash_is_that_of_the_copies()
    {
        using var directory = new TemporaryDirectory();
        ResolvedPlugin plugin = Plugin(directory);
        using var area = new StagingArea(directory.CreateDirectory("staging"));
        using StagedPlugin staged = area.Stage(plugin, null);

        Assert.Equal(new InstalledFiles(plugin.Path, readsManifest: true).Hash(), staged.ContentHash);
        Assert.Equal("same", File.ReadAllText(staged.LibraryPath));
    }

    [Fact]
    public void An_area_that_is_disposed_of_while_it_copies_leaves_nothing()
    {
        using var directory = new TemporaryDirectory();
        string staging = directory.CreateDirectory("staging");
        StagingArea? area = null;
        area = new StagingArea(staging, _ => area!.Dispose());

        Assert.Throws<ObjectDisposedException>(() => area.Stage(Plugin(directory), null));

        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(Directory.GetDirectories(staging))));
    }

    private static void AssertRefused(Action<string> change, string found)
    {
        using var directory = new TemporaryDirectory();
        string staging = directory.CreateDirectory("staging");
        using var area = new StagingArea(staging, change);

        PluginSourceChangedException refusal = Assert.Throws<PluginSourceChangedException>(() => area.Stage(Plugin(directory), null));

        Assert.Contains(found, refusal.Found, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(staging, "*.so", SearchOption.AllDirectories));
    }

    private static ResolvedPlugin Plugin(TemporaryDirectory directory)
    {
        string library = directory.WriteFile("libx.so", "same"u8.ToArray());
        File.SetLastWriteTimeUtc(library, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return new ResolvedPlugin(library, "x", Path.GetDirectoryName(library)!, library);
    }
}
