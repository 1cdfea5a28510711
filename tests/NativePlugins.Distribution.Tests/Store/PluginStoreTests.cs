using System.Net.Sockets;

namespace NativePlugins.Distribution.Tests.Store;

public class PluginStoreTests
{
    [Fact]
    public async Task A_host_finds_what_was_installed_by_its_id()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        await using var host = new PluginHost(new PluginHostOptions { Directories = { store.Root }, AllowUntrustedDirectories = true });

        PluginListing listing = Assert.Single(host.List(), plugin => plugin.Path.StartsWith(store.Root, StringComparison.Ordinal));

        Assert.Equal("hello", listing.Stem);
        Assert.Equal("1.0.0", listing.Manifest!.Version);
        Assert.Null(listing.Refusal);
    }

    [Fact]
    public async Task The_greatest_released_version_is_installed()
    {
        using var store = new TestStore();
        new TestPackage(version: "3.0.0-rc.1").WriteTo(store.Feed);

        InstalledPlugin installed = await store.Open().InstallAsync("hello", null, [store.Source], CancellationToken.None);

        Assert.Equal("2.0.0", installed.Version);
        Assert.Equal("2.0.0", store.Read());
    }

    [Fact]
    public async Task A_version_that_is_not_released_is_installed_where_it_is_asked_for()
    {
        using var store = new TestStore();
        new TestPackage(version: "3.0.0-rc.1").WriteTo(store.Feed);

        Assert.Equal("3.0.0-rc.1", (await store.Install("3.0.0-rc.1")).Version);
    }

    [Fact]
    public async Task An_update_keeps_the_version_before_and_no_older_one()
    {
        using var store = new TestStore();
        new TestPackage(version: "3.0.0").WriteTo(store.Feed);
        await store.Install("1.0.0");
        await store.Install("2.0.0");
        InstalledPlugin installed = await store.Install("3.0.0");

        Assert.Equal("2.0.0", installed.PreviousVersion);
        Assert.Equal(["2.0.0", "3.0.0"], Directory.GetDirectories(store[".store", "versions", "hello"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Going_back_twice_goes_forward()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        await store.Install("2.0.0");

        await store.Open().RollBackAsync("hello", CancellationToken.None);
        Assert.Equal("1.0.0", store.Read());
        await store.Open().RollBackAsync("hello", CancellationToken.None);
        Assert.Equal("2.0.0", store.Read());
    }

    [Fact]
    public async Task Nobody_goes_back_to_files_that_have_been_changed()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        await store.Install("2.0.0");
        File.WriteAllText(store[".store", "versions", "hello", "1.0.0", "data", "version.txt"], "evil");

        await Assert.ThrowsAsync<PluginStoreDiffersException>(() => store.Open().RollBackAsync("hello", CancellationToken.None));
        Assert.Equal("2.0.0", store.Read());
    }

    [Fact]
    public async Task There_is_no_way_back_from_the_first_version()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");

        var thrown = await Assert.ThrowsAsync<PluginNotInstalledException>(() => store.Open().RollBackAsync("hello", CancellationToken.None));

        Assert.Equal("1.0.0 and none before it", thrown.Found);
    }

    [Fact]
    public async Task What_is_removed_leaves_nothing()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");

        await store.Open().RemoveAsync("hello", CancellationToken.None);

        Assert.Null(store.Read());
        Assert.Empty(store.Open().List());
        Assert.Empty(store.Leftovers());
    }

    [Fact]
    public async Task A_package_under_the_name_of_another_is_refused()
    {
        using var store = new TestStore();
        File.Copy(new TestPackage("other", "1.0.0").WriteTo(store.Feed), Path.Combine(store.Feed, "hello.9.0.0.nupkg"));

        await Assert.ThrowsAsync<PackageIdentityException>(() => store.Install("9.0.0"));
        Assert.Null(store.Read());
        Assert.Empty(store.Leftovers());
    }

    [Theory]
    [InlineData("he11o")]
    [InlineData("hell0")]
    public async Task An_id_that_looks_like_an_installed_one_is_refused(string id)
    {
        using var store = new TestStore();
        new TestPackage(id, "1.0.0").WriteTo(store.Feed);
        await store.Install("1.0.0");

        await Assert.ThrowsAsync<PluginStoreConflictException>(() => store.Install("1.0.0", id: id));
    }

    [Fact]
    public async Task What_somebody_else_has_put_in_the_plugins_place_is_not_touched()
    {
        using var store = new TestStore();
        Directory.CreateDirectory(store["hello"]);
        File.WriteAllText(store["hello", "mine"], "mine");

        await Assert.ThrowsAsync<PluginStoreConflictException>(() => store.Install("1.0.0"));

        Assert.Equal("mine", File.ReadAllText(store["hello", "mine"]));
        Assert.Empty(store.Open().List());
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("Hello")]
    [InlineData("")]
    [InlineData("hello*")]
    [InlineData("plugins.lock.json")]
    public async Task What_is_no_id_is_not_looked_for(string id)
    {
        using var store = new TestStore();

        await Assert.ThrowsAsync<PackageNotFoundException>(() => store.Open().InstallAsync(id, null, [store.Source], CancellationToken.None));
        Assert.False(Directory.Exists(store.Root));
    }

    [Fact]
    public async Task One_process_at_a_time_changes_the_directory()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        using var turn = new FileStream(store[".store", "lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        await Assert.ThrowsAsync<PluginStoreBusyException>(() => store.Install("2.0.0"));
        Assert.Equal("1.0.0", store.Read());
    }

    [Fact]
    public async Task Only_a_turn_that_another_process_has_is_waited_for()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        File.Delete(store[".store", "lock"]);
        string address = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(address));
        File.Move(address, store[".store", "lock"]);

        await Assert.ThrowsAsync<PluginStoreWriteException>(() => store.Install("2.0.0"));
    }

    [Theory]
    [InlineData("find")]
    [InlineData("open")]
    [InlineData("read")]
    public async Task A_source_that_breaks_off_is_an_error_of_the_source(string at)
    {
        using var store = new TestStore();

        var thrown = await Assert.ThrowsAsync<PackageSourceException>(
            () => store.Open().InstallAsync("hello", null, [new BrokenSource(store.Source, at)], CancellationToken.None));

        Assert.Contains("the line is cut", thrown.Found, StringComparison.Ordinal);
        Assert.IsType<IOException>(thrown.InnerException);
        Assert.Empty(store.Leftovers());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_of_the_source()
    {
        using var store = new TestStore();
        Directory.Delete(store.Feed, recursive: true);

        await Assert.ThrowsAsync<PackageSourceException>(() => store.Install("1.0.0"));
    }

    [Fact]
    public async Task A_version_that_no_source_has_is_an_error_that_names_those_that_are_there()
    {
        using var store = new TestStore();

        var thrown = await Assert.ThrowsAsync<PackageNotFoundException>(() => store.Install("9.9.9"));

        Assert.Contains("1.0.0", thrown.Found, StringComparison.Ordinal);
        Assert.Contains("2.0.0", thrown.Found, StringComparison.Ordinal);
    }
}
