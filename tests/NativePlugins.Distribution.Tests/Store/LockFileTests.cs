using System.Text.Json;

namespace NativePlugins.Distribution.Tests.Store;

/// <summary>What is installed, and what the lock file says of it.</summary>
public class LockFileTests
{
    [Fact]
    public async Task The_lock_file_names_the_source_the_version_and_the_digest_of_every_file_in_order()
    {
        using var store = new TestStore();
        new TestPackage("a_first", "1.0.0").WriteTo(store.Feed);
        await store.Install("1.0.0");
        await store.Install("1.0.0", id: "a_first");

        using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(store["plugins.lock.json"]));
        JsonElement[] plugins = [.. locked.RootElement.GetProperty("plugins").EnumerateArray()];
        JsonElement current = plugins[1].GetProperty("current");

        Assert.Equal(["a_first", "hello"], plugins.Select(plugin => plugin.GetProperty("id").GetString()));
        Assert.Equal("1.0.0", current.GetProperty("version").GetString());
        Assert.Equal(store.Feed, current.GetProperty("source").GetString());
        Assert.Equal(Digest(Path.Combine(store.Feed, "hello.1.0.0.nupkg")), current.GetProperty("package").GetString());
        Assert.Equal(
            current.GetProperty("files").EnumerateArray().Select(file => Digest(store["hello", file.GetProperty("path").GetString()!])),
            current.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("sha256").GetString()));
    }

    [Fact]
    public async Task Every_difference_from_the_lock_file_is_found()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        string data = store["hello", "data", "version.txt"], manifest = store["hello", "libhello.plugin.json"];
        File.WriteAllText(data, "9.9.9");
        File.Delete(manifest);
        File.WriteAllText(store["hello", "libevil.so"], "");
        File.CreateSymbolicLink(store["hello", "link"], "/");

        Assert.Equal(
            [
                ("data/version.txt", PluginDifferenceKind.Changed), ("libhello.plugin.json", PluginDifferenceKind.Missing),
                ("libevil.so", PluginDifferenceKind.Added), ("link", PluginDifferenceKind.Added),
            ],
            store.Open().Verify().Select(difference => (difference.Path, difference.Kind)));
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_a_difference()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        File.Delete(store["hello"]);
        File.CreateSymbolicLink(store["hello"], store.Feed);

        Assert.Equal(PluginDifferenceKind.Link, Assert.Single(store.Open().Verify()).Kind);
    }

    [Fact]
    public async Task A_restore_installs_exactly_what_the_lock_file_names()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        byte[] locked = File.ReadAllBytes(store["plugins.lock.json"]);
        Directory.Delete(store.Root, recursive: true);
        Directory.CreateDirectory(store.Root);
        File.WriteAllBytes(store["plugins.lock.json"], locked);

        IReadOnlyList<InstalledPlugin> restored = await store.Open().RestoreAsync([store.Source], CancellationToken.None);

        Assert.Equal("1.0.0", Assert.Single(restored).Version);
        Assert.Equal("1.0.0", store.Read());
        Assert.Equal(locked, File.ReadAllBytes(store["plugins.lock.json"]));
        Assert.Empty(await store.Open().RestoreAsync([store.Source], CancellationToken.None));
    }

    [Fact]
    public async Task A_restore_mends_a_file_that_was_changed()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        File.WriteAllText(store["hello", "data", "version.txt"], "9.9.9");

        await store.Open().RestoreAsync([store.Source], CancellationToken.None);

        Assert.Equal("1.0.0", store.Read());
    }

    [Fact]
    public async Task A_restore_installs_the_version_before_too()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        await store.Install("2.0.0");
        Directory.Delete(store[".store"], recursive: true);
        File.Delete(store["hello"]);

        InstalledPlugin restored = Assert.Single(await store.Open().RestoreAsync([store.Source], CancellationToken.None));

        Assert.Equal(("2.0.0", "1.0.0"), (restored.Version, restored.PreviousVersion));
        Assert.Empty(store.Open().Verify());
        Assert.Empty(store.Leftovers());
    }

    [Fact]
    public async Task A_restore_mends_the_version_before_only_where_only_that_differs()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        await store.Install("2.0.0");
        Directory.Delete(store[".store", "versions", "hello", "1.0.0"], recursive: true);

        await store.Open().RestoreAsync([store.Source], CancellationToken.None);

        Assert.Empty(store.Open().Verify());
        Assert.Empty(store.Leftovers());
        Assert.Empty(await store.Open().RestoreAsync([store.Source], CancellationToken.None));
    }

    [Fact]
    public async Task A_lock_file_of_another_system_is_refused_by_naming_both()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        string text = File.ReadAllText(store["plugins.lock.json"]);
        File.WriteAllText(store["plugins.lock.json"], text.Replace($"\"{PluginPackage.CurrentSystem}\"", "\"win-arm64\"", StringComparison.Ordinal));
        File.Delete(store["hello", "data", "version.txt"]);

        var thrown = await Assert.ThrowsAsync<PackageSystemException>(() => store.Open().RestoreAsync([store.Source], CancellationToken.None));

        Assert.Contains(PluginPackage.CurrentSystem, thrown.Expected, StringComparison.Ordinal);
        Assert.Contains("win-arm64", thrown.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_the_package_of_that_digest_does_not_have_are_an_error_of_the_lock_file()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        string text = File.ReadAllText(store["plugins.lock.json"]);
        File.WriteAllText(store["plugins.lock.json"], text.Replace("\"size\": 5", "\"size\": 6", StringComparison.Ordinal));

        await Assert.ThrowsAsync<PluginLockFileException>(() => store.Open().RestoreAsync([store.Source], CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_is_there_and_cannot_be_read_is_not_missing()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        Directory.Delete(store["hello", "data"], recursive: true);
        File.CreateSymbolicLink(store["hello", "data"], "data");

        Assert.Equal(
            [("data/version.txt", PluginDifferenceKind.Changed), ("data", PluginDifferenceKind.Added)],
            store.Open().Verify().Select(difference => (difference.Path, difference.Kind)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_an_error_of_what_is_installed()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        string deep = Path.Join([.. Enumerable.Repeat(new string('d', 200), 12)]), upper = store["hello", deep], lower = store["lower"];
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(Path.Join(lower, deep));
        Directory.Move(lower, Path.Join(upper, "lower"));
        try
        {
            var thrown = Assert.Throws<PluginStoreDiffersException>(() => store.Open().Verify());

            Assert.IsAssignableFrom<IOException>(thrown.InnerException);
        }
        finally
        {
            // What has a path that is too long could not be deleted either.
            Directory.Move(Path.Join(upper, "lower"), lower);
        }
    }

    [Fact]
    public async Task A_restore_refuses_other_bytes_under_the_same_version()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        new TestPackage(version: "1.0.0").With("README.md", "another build").WriteTo(store.Feed);
        File.Delete(store["hello", "data", "version.txt"]);

        var thrown = await Assert.ThrowsAsync<PackageIdentityException>(() => store.Open().RestoreAsync([store.Source], CancellationToken.None));

        Assert.Equal("NP7106", thrown.Code);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"lockVersion\": 2, \"plugins\": []}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": null}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [null]}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [{\"id\": \"../../evil\", \"current\": {\"version\": \"1.0.0\", \"system\": \"linux-x64\", \"source\": \"\", \"package\": \"\", \"files\": []}}]}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [{\"id\": \"hello\", \"current\": {\"version\": \"../..\", \"system\": \"linux-x64\", \"source\": \"\", \"package\": \"\", \"files\": []}}]}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [{\"id\": \"hello\", \"current\": {\"version\": \"1.0.0\", \"system\": \"linux-x64\", \"source\": \"\", \"package\": \"\", \"files\": [{\"path\": \"../x\", \"size\": 1, \"sha256\": \"\"}]}}]}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [{\"id\": \"hello\"}]}")]
    [InlineData("{\"lockVersion\": 1, \"plugins\": [{\"id\": \"plugins.lock.json\", \"current\": {\"version\": \"1.0.0\", \"system\": \"linux-x64\", \"source\": \"\", \"package\": \"\", \"files\": []}}]}")]
    public async Task A_lock_file_that_is_none_is_refused_and_stays(string text)
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        File.WriteAllText(store["plugins.lock.json"], text);

        Assert.Throws<PluginLockFileException>(() => store.Open().List());
        await Assert.ThrowsAsync<PluginLockFileException>(() => store.Install("2.0.0"));
        Assert.Equal(text, File.ReadAllText(store["plugins.lock.json"]));
        Assert.Equal("1.0.0", store.Read());
    }

    [Fact]
    public async Task A_directory_that_has_lost_its_lock_file_refuses_each_change_and_keeps_what_serves()
    {
        using var store = new TestStore();
        new TestPackage("other", "1.0.0").WriteTo(store.Feed);
        await store.Install("1.0.0");
        File.Delete(store["plugins.lock.json"]);

        var thrown = await Assert.ThrowsAsync<PluginLockFileException>(() => store.Install("1.0.0", id: "other"));
        await Assert.ThrowsAsync<PluginLockFileException>(() => store.Install("2.0.0"));
        await Assert.ThrowsAsync<PluginLockFileException>(() => store.Open().RestoreAsync([store.Source], CancellationToken.None));
        await Assert.ThrowsAsync<PluginLockFileException>(() => store.Open().RemoveAsync("hello", CancellationToken.None));

        Assert.Contains("hello", thrown.Found, StringComparison.Ordinal);
        Assert.Contains("remove the links", thrown.Advice, StringComparison.Ordinal);
        Assert.Equal("1.0.0", store.Read());
        Assert.False(File.Exists(store["plugins.lock.json"]));
        Assert.Empty(store.Open().List());
    }

    [Fact]
    public async Task Without_links_a_directory_that_has_lost_its_lock_file_is_begun_anew()
    {
        using var store = new TestStore();
        await store.Install("1.0.0");
        File.Delete(store["plugins.lock.json"]);
        File.Delete(store["hello"]);

        await store.Install("2.0.0");

        Assert.Equal("2.0.0", store.Read());
        Assert.Empty(store.Leftovers());
    }

    private static string Digest(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
}
