using System.Text.Json;

namespace NativePlugins.Cli.Tests.Installing;

/// <summary>The commands that make packages of plugins, and install them.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly Feed _feed = new();

    [Fact]
    public void Packing_writes_one_package_and_tells_its_path()
    {
        HostRun run = _feed.Pack("hello", "1.0.0");

        Assert.Equal((0, Path.Combine(_feed.Packages, "hello.1.0.0.nupkg") + "\n"), (run.Status, run.Output));
        Assert.True(File.Exists(run.Output.TrimEnd()));
    }

    [Fact]
    public void A_folder_without_a_plugin_is_not_packed()
    {
        HostRun run = HostRun.Of("pack", Directory.CreateDirectory(_feed.Packages).FullName, "--output", _feed.Packages);

        Assert.Equal(65, run.Status);
        Assert.Contains("NP7105", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_installed_is_found_by_its_id()
    {
        _feed.Pack("hello", "1.0.0");

        HostRun run = _feed.Install("hello");

        Assert.Equal(0, run.Status);
        Assert.StartsWith("hello 1.0.0 is installed in ", run.Output, StringComparison.Ordinal);
        Assert.Equal("hello", Assert.Single(Feed.Lines(_feed.Run("list", "--json", _feed.Plugins))).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("hello", "2.0.0")]
    [InlineData("hello@1.0.0", "1.0.0")]
    [InlineData("hello@>= 1.0 < 2.0", "1.5.0")]
    public void The_greatest_version_that_will_do_is_installed(string argument, string version)
    {
        PackThree();

        HostRun run = _feed.Install(argument, "--json");

        Assert.Equal(version, Assert.Single(Feed.Lines(run)).GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("hello@")]
    [InlineData("hello@newest")]
    [InlineData("hello@1.x")]
    public void Versions_that_cannot_be_understood_are_a_usage_error(string argument) => Assert.Equal(64, _feed.Install(argument).Status);

    [Fact]
    public void A_folder_that_is_not_there_is_not_packed() => Assert.Contains("NP8004", HostRun.Of("pack", Path.Combine(_feed.Packages, "nothing")).Error, StringComparison.Ordinal);

    [Fact]
    public void What_is_installed_is_listed_for_one_directory_only() => Assert.Equal(64, _feed.Run("list", "--installed", _feed.Packages).Status);

    [Fact]
    public void An_error_outweighs_what_is_outdated()
    {
        InstallOneThatIsGoneAndOneThatIsOutdated();

        Assert.Equal(66, _feed.Run("outdated").Status);
    }

    [Fact]
    public void An_id_that_no_source_has_is_not_found()
    {
        _feed.Pack("hello", "1.0.0");

        HostRun run = _feed.Install("helo");

        Assert.Equal(66, run.Status);
        Assert.Contains("NP7109", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_source_it_is_asked_for_one()
    {
        HostRun run = _feed.Run("install", "hello");

        Assert.Equal(64, run.Status);
        Assert.Contains("Name the folder or the feed with --source.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_what_would_be_installed_and_installs_nothing()
    {
        PackThree();

        HostRun run = _feed.Install("hello", "--dry-run");

        Assert.StartsWith("would install hello 2.0.0 from ", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_feed.Plugins));
    }

    [Fact]
    public void A_rollback_goes_back_and_once_more_forward()
    {
        PackThree();
        _feed.Install("hello@1.0.0");
        _feed.Install("hello@2.0.0");

        Assert.StartsWith("hello 1.0.0 is installed", _feed.Run("install", "--rollback", "hello").Output, StringComparison.Ordinal);
        Assert.StartsWith("hello 2.0.0 is installed", _feed.Run("install", "--rollback", "hello").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello@1.0.0", "--rollback")]
    [InlineData("hello", "--rollback", "--dry-run")]
    public void A_rollback_takes_neither_a_range_nor_a_dry_run(params string[] arguments) =>
        Assert.Equal(64, _feed.Run(["install", .. arguments]).Status);

    [Fact]
    public void An_update_takes_the_newest_from_where_the_plugin_came_from()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Install("hello");
        _feed.Pack("hello", "1.1.0");

        HostRun run = _feed.Run("update");

        Assert.Equal((0, "hello 1.1.0 is installed, instead of 1.0.0\n"), (run.Status, run.Output));
    }

    [Fact]
    public void An_update_never_goes_to_a_lower_version()
    {
        PackThree();
        _feed.Install("hello");
        File.Delete(Path.Combine(_feed.Packages, "hello.2.0.0.nupkg"));

        Assert.Equal("hello 2.0.0 is the newest\n", _feed.Run("update", "hello").Output);
    }

    [Fact]
    public void An_update_that_fails_does_not_hold_up_the_others()
    {
        InstallOneThatIsGoneAndOneThatIsOutdated();

        HostRun run = _feed.Run("update");

        Assert.Equal((66, "hello 2.0.0 is installed, instead of 1.0.0\n"), (run.Status, run.Output));
        Assert.Contains("NP7109", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_outdated_is_listed_with_the_newest_version_and_the_status_says_so()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Install("hello");
        Assert.Equal((0, ""), Result(_feed.Run("outdated")));
        _feed.Pack("hello", "2.0.0");

        HostRun run = _feed.Run("outdated");

        Assert.Equal(1, run.Status);
        Assert.StartsWith("hello\t1.0.0\t2.0.0\t", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_removed_is_gone_and_cannot_be_removed_again()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Install("hello");

        Assert.StartsWith("hello 1.0.0 is removed from ", _feed.Run("remove", "hello").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_feed.Installed("hello")));
        HostRun again = _feed.Run("remove", "hello");
        Assert.Equal(66, again.Status);
        Assert.Contains("NP7201", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_found_by_verify_and_put_in_order_by_restore()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Install("hello");
        Assert.Equal((0, ""), Result(_feed.Run("verify")));
        File.AppendAllText(_feed.Installed("hello"), "x");

        Assert.Equal((1, "hello\t1.0.0\tchanged\tlibhello.so\n"), Result(_feed.Run("verify")));
        Assert.StartsWith("hello 1.0.0 is installed in ", _feed.Run("restore").Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), Result(_feed.Run("verify")));
    }

    [Fact]
    public void What_is_installed_is_listed_with_the_version_before()
    {
        PackThree();
        _feed.Install("hello@1.0.0");
        _feed.Install("hello@1.5.0");

        JsonElement plugin = Assert.Single(Feed.Lines(_feed.Run("list", "--installed", "--json")));

        Assert.Equal(("1.5.0", "1.0.0"), (plugin.GetProperty("version").GetString(), plugin.GetProperty("previousVersion").GetString()));
        Assert.StartsWith("hello\t1.5.0\t1.0.0\t", _feed.Run("list", "--installed").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("outdated")]
    [InlineData("restore")]
    [InlineData("verify")]
    [InlineData("list", "--installed")]
    public void Where_nothing_is_installed_that_is_said_and_no_error(params string[] arguments)
    {
        HostRun run = _feed.Run(arguments);

        Assert.Equal((0, ""), Result(run));
        Assert.Contains("nothing is installed in ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _feed.Dispose();

    private static (int Status, string Output) Result(HostRun run) => (run.Status, run.Output);

    private void InstallOneThatIsGoneAndOneThatIsOutdated()
    {
        _feed.Pack("gone", "1.0.0");
        _feed.Pack("hello", "1.0.0");
        _feed.Install("gone");
        _feed.Install("hello");
        File.Delete(Path.Combine(_feed.Packages, "gone.1.0.0.nupkg"));
        _feed.Pack("hello", "2.0.0");
    }

    private void PackThree()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Pack("hello", "1.5.0");
        _feed.Pack("hello", "2.0.0");
    }
}
