namespace NativePlugins.Cli.Tests.Installing;

/// <summary>Commands whose packages come from a feed in the network.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly Feed _packages = new();
    private readonly TestFeed _feed;

    public FeedTests()
    {
        _packages.Pack("hello", "1.0.0");
        _feed = new TestFeed(_packages.Packages);
    }

    public void Dispose()
    {
        _feed.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _packages.Dispose();
    }

    [Fact]
    public void A_plugin_is_installed_from_it_and_the_lock_file_names_its_address()
    {
        HostRun run = Install("hello");

        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.True(File.Exists(_packages.Installed("hello")));
        Assert.Contains(_feed.Address, File.ReadAllText(Path.Combine(_packages.Plugins, "plugins.lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Newer_versions_are_looked_for_where_the_plugin_came_from()
    {
        Install("hello");
        _packages.Pack("hello", "1.1.0");

        Assert.Equal($"hello\t1.0.0\t1.1.0\t{_feed.Address}\n", _packages.Run("outdated").Output);
        Assert.Contains("NP8022", _packages.Run("doctor").Output, StringComparison.Ordinal);
        Assert.StartsWith("hello 1.1.0 is installed", _packages.Run("update").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_restored_from_it()
    {
        Install("hello");
        Directory.Delete(Path.Combine(_packages.Plugins, "hello"), recursive: true);

        Assert.Equal(0, _packages.Run("restore").Status);
        Assert.True(File.Exists(_packages.Installed("hello")));
    }

    [Fact]
    public void A_plugin_that_it_does_not_have_is_not_found() => Assert.Contains("NP7109", Install("other").Error, StringComparison.Ordinal);

    [Fact]
    public void A_feed_on_another_computer_is_not_read_by_http()
    {
        HostRun run = _packages.Run("install", "hello", "--source", "http://feed.invalid/v3/index.json");

        Assert.Contains("NP7108", run.Error, StringComparison.Ordinal);
        Assert.Contains("https", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/v3/index.json")]
    [InlineData("https://joe:secret@example.org/v3/index.json")]
    [InlineData("https://example.org/v3/index.json?key=secret")]
    [InlineData("https://secret exam ple/")]
    public void What_is_no_address_of_a_feed_is_a_usage_error_that_tells_no_secret(string address)
    {
        HostRun run = _packages.Run("install", "hello", "--source", address);

        Assert.Equal(64, run.Status);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    private HostRun Install(string id) => _packages.Run("install", id, "--source", _feed.Address);
}
