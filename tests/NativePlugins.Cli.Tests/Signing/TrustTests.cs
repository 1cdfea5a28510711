using System.Text.Json;
using NativePlugins.Cli.Tests.Installing;
using NativePlugins.Distribution;

namespace NativePlugins.Cli.Tests.Signing;

/// <summary>The command about trust policies, and what the others do under one. Only plugins whose id begins with <c>guarded</c>: the policy is for all tests.</summary>
public sealed class TrustTests : IDisposable
{
    private const string Id = "guarded";

    private readonly Feed _feed = new();
    private readonly MinisignSecretKey _key = MinisignSecretKey.Create(), _other = MinisignSecretKey.Create();

    public TrustTests() => File.Delete(UserPolicy.Path);

    private string Key => _key.PublicKey.ToString();

    [Fact]
    public void A_rule_says_who_must_have_signed_and_is_listed()
    {
        HostRun added = HostRun.Of("trust", "add", Id, "--key", Key, "--source", "/srv/feed");

        Assert.Equal((0, $"user\trule\t{Id}\t/srv/feed\t{_key.PublicKey.Id}\n"), (added.Status, added.Output));
        Assert.Equal(added.Output, HostRun.Of("trust", "list").Output);
    }

    [Fact]
    public async Task A_rule_binds_plugins_to_a_feed_by_its_address()
    {
        _feed.Pack(Id, "1.0.0");
        await using var feed = new TestFeed(_feed.Packages);
        HostRun.Of("trust", "add", Id, "--unsigned", "--source", feed.Address);

        Assert.Contains("NP7308", _feed.Install(Id).Error, StringComparison.Ordinal);
        Assert.Equal(0, _feed.Run("install", Id, "--source", feed.Address).Status);
    }

    [Fact]
    public void A_list_is_for_programs_too()
    {
        HostRun.Of("trust", "add", Id, "--key", Key, "--floor", "1.0.0");
        HostRun.Of("trust", "add", "--revoked", _other.PublicKey.ToString());

        JsonElement[] lines = Feed.Lines(HostRun.Of("trust", "list", "--json"));

        Assert.Equal(["rule", "floor", "revoked"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(Key, Assert.Single(lines[0].GetProperty("keys").EnumerateArray()).GetString());
        Assert.Equal("1.0.0", lines[1].GetProperty("version").GetString());
        Assert.All(lines, line => Assert.Equal(UserPolicy.Path, line.GetProperty("file").GetString()));
    }

    [Fact]
    public void A_second_key_comes_beside_the_first_and_the_first_can_go()
    {
        HostRun.Of("trust", "add", Id, "--key", Key);
        Assert.EndsWith($"{_key.PublicKey.Id} {_other.PublicKey.Id}\n", HostRun.Of("trust", "add", Id, "--key", _other.PublicKey.ToString()).Output, StringComparison.Ordinal);

        Assert.EndsWith($"\t{_other.PublicKey.Id}\n", HostRun.Of("trust", "remove", Id, "--key", Key).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_key_of_a_rule_does_not_go_alone()
    {
        HostRun.Of("trust", "add", Id, "--key", Key);

        Assert.Equal(64, HostRun.Of("trust", "remove", Id, "--key", Key).Status);
        Assert.Equal(64, HostRun.Of("trust", "add", Id, "--unsigned").Status);
        Assert.Equal((0, ""), Result(HostRun.Of("trust", "remove", Id)));
    }

    [Theory]
    [InlineData("trust", "add", Id)]
    [InlineData("trust", "add", "--unsigned")]
    [InlineData("trust", "add", Id, "--source", "/srv")]
    [InlineData("trust", "add", Id, "--floor", "one")]
    [InlineData("trust", "add", "Guarded", "--unsigned")]
    [InlineData("trust", "add", Id, "--unsigned", "--key", "x")]
    [InlineData("trust", "remove")]
    [InlineData("trust", "remove", Id, "--unsigned")]
    [InlineData("trust", "list", Id)]
    [InlineData("trust", "open")]
    [InlineData("trust", "list", "--scope", "mine")]
    public void What_cannot_be_meant_is_a_usage_error_and_changes_nothing(params string[] arguments)
    {
        Assert.Equal(64, HostRun.Of(arguments).Status);
        Assert.False(File.Exists(UserPolicy.Path));
    }

    [Fact]
    public void The_doctor_names_what_is_not_allowed_any_more()
    {
        _feed.Pack(Id, "1.0.0");
        _feed.Install(Id);
        HostRun.Of("trust", "add", Id, "--key", Key);

        JsonElement problem = Assert.Single(Feed.Lines(_feed.Run("doctor", "--json")), finding => finding.GetProperty("severity").GetString() == "problem");

        Assert.Equal(Id, problem.GetProperty("subject").GetString());
    }

    [Fact]
    public void What_no_trusted_key_has_signed_is_not_installed()
    {
        HostRun.Of("trust", "add", Id, "--key", Key);
        string package = _feed.Pack(Id, "1.0.0").Output.Trim();

        HostRun run = _feed.Install(Id);

        Assert.Equal(77, run.Status);
        Assert.Contains("NP7304", run.Error, StringComparison.Ordinal);
        Assert.Contains("NP7304", HostRun.Of("verify", package).Error, StringComparison.Ordinal);
        PluginPackageWriter.Sign(package, _key);
        Assert.Equal(0, _feed.Install(Id).Status);
        Assert.StartsWith($"{Id}\t1.0.0\tsigned\t{_key.PublicKey.Id}\t", HostRun.Of("verify", package).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verifying_tells_what_is_installed_and_not_allowed_any_more()
    {
        PluginPackageWriter.Sign(_feed.Pack(Id, "1.0.0").Output.Trim(), _key);
        _feed.Install(Id);
        Assert.Equal(0, _feed.Run("verify").Status);
        HostRun.Of("trust", "add", "--revoked", Key);

        HostRun run = _feed.Run("verify");

        Assert.Equal((1, $"{Id}\t1.0.0\tnot trusted\tNP7306: the key {_key.PublicKey.Id}, which is\n"), Result(run));
        Assert.Equal("NP7306", Assert.Single(Feed.Lines(_feed.Run("verify", "--json"))).GetProperty("error").GetProperty("code").GetString());
        HostRun.Of("trust", "remove", "--revoked", Key);
        Assert.Equal(0, _feed.Run("verify").Status);
    }

    public void Dispose()
    {
        File.Delete(UserPolicy.Path);
        _key.Dispose();
        _other.Dispose();
        _feed.Dispose();
    }

    private static (int Status, string Output) Result(HostRun run) => (run.Status, run.Output);
}
