using NativePlugins.Binary.Files;
using NativePlugins.Host.Reload;
using Xunit;

namespace NativePlugins.Host.Tests.Reload;

/// <summary>What can be seen of installed files without opening them.</summary>
public sealed class InstalledFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InstalledFiles _files;
    private readonly string _library;

    public InstalledFilesTests()
    {
        _library = _directory.WriteFile("libx.so", "build 1"u8.ToArray());
        File.SetLastWriteTimeUtc(_library, new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _files = new InstalledFiles(_library, readsManifest: true);
    }

    [Fact]
    public void What_nobody_touches_keeps_its_stamp() => Assert.Equal(_files.Stamp(), _files.Stamp());

    [Fact]
    public void A_library_rewritten_in_place_with_its_size_and_its_time_has_another_stamp() => AssertAnother(() =>
    {
        DateTime time = File.GetLastWriteTimeUtc(_library);
        File.WriteAllText(_library, "build 2");
        File.SetLastWriteTimeUtc(_library, time);
    });

    [Fact]
    public void A_library_replaced_by_one_of_its_size_and_its_time_has_another_stamp() => AssertAnother(() =>
    {
        string next = _directory.WriteFile("next", "build 2"u8.ToArray());
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(_library));
        File.Move(next, _library, overwrite: true);
    });

    [Fact]
    public void A_library_that_has_gone_has_another_stamp() => AssertAnother(() => File.Delete(_library));

    [Fact]
    public void Its_directories_are_those_of_what_is_listed_and_of_the_link_to_it()
    {
        string manifest = """{ "manifestVersion": 1, "id": "x", "name": "x", "version": "1.0.0", "abi": "1.0", "files": ["data/a", "data/b", "c"] }""";
        _directory.WriteFile("libx.plugin.json", System.Text.Encoding.UTF8.GetBytes(manifest));
        string data = _directory.CreateDirectory("data"), links = _directory.CreateDirectory("links");
        _directory.CreateDirectory("node_modules");
        var files = new InstalledFiles(_directory.Link("links/libx.so", _library), readsManifest: true);

        Assert.Equal([links, _directory.Path, data], files.Directories().Select(directory => directory.Path));
    }

    [Theory]
    [InlineData("libx.so", true)]
    [InlineData("libx.plugin.json", true)]
    [InlineData("log.txt", false)]
    public void What_is_written_to_beside_it_is_told_from_its_files(string name, bool isListed)
    {
        _ = _files.Directories();

        Assert.Equal(isListed, _files.IsListed(_directory[name]));
    }

    public void Dispose() => _directory.Dispose();

    private void AssertAnother(Action change)
    {
        InstalledStamp before = _files.Stamp();
        long changed = ChangedAt();

        // The system stamps changes with a clock that ticks some hundred times a second.
        do
        {
            change();
        }
        while (File.Exists(_library) && ChangedAt() == changed);

        Assert.NotEqual(before, _files.Stamp());
    }

    private long ChangedAt()
    {
        FileSystem.Current.GetStatus(_library, followLinks: true, out FileStatus status);
        return status.ChangedNanoseconds;
    }
}
