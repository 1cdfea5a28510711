using System.Text.Json;
using NativePlugins.Cli.Tests.Installing;
using NativePlugins.Distribution;

namespace NativePlugins.Cli.Tests.Diagnosing;

/// <summary><c>host doctor</c>, on installations that something is wrong with.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Feed _feed = new();

    public DoctorTests()
    {
        _feed.Pack("hello", "1.0.0");
        _feed.Install("hello");
    }

    [Fact]
    public void An_installation_that_is_in_order_has_no_problem()
    {
        HostRun run = _feed.Run("doctor");

        Assert.Equal(0, run.Status);
        Assert.Contains("1 of packages: no problem", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_a_problem_and_a_restore_mends_it()
    {
        File.AppendAllText(Path.Combine(_feed.Plugins, "hello", "libhello.plugin.json"), " ");

        JsonElement problem = Assert.Single(Problems());

        Assert.Equal(("hello", "NP7206"), (problem.GetProperty("subject").GetString(), CodeOf(problem)));
        Assert.Contains("libhello.plugin.json' changed", problem.GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($" restore --plugin-dir '{_feed.Plugins}'", problem.GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_makes_the_status_1()
    {
        File.Delete(_feed.Installed("hello"));

        Assert.Equal(1, _feed.Run("doctor").Status);
    }

    [Fact]
    public void A_lock_file_that_cannot_be_read_is_a_problem()
    {
        File.WriteAllText(Path.Combine(_feed.Plugins, "plugins.lock.json"), "{");

        Assert.Contains("NP7204", Problems().Select(CodeOf));
    }

    [Fact]
    public void A_trust_policy_that_cannot_be_read_hides_no_changed_file_and_is_told_once()
    {
        string policy = Path.Combine(_feed.Packages, "trust.json");
        File.WriteAllText(policy, "{");
        File.Delete(_feed.Installed("hello"));
        var check = new InstallationCheck(new PluginStore(_feed.Plugins, new PluginStoreOptions { TrustFiles = [policy] }), "");

        Assert.Equal(["NP7206", "NP7309"], check.OfStore().Concat(check.OfVersions()).Select(finding => finding.Report.Code));
    }

    [Fact]
    public void A_plugin_that_would_not_load_is_a_problem_with_the_way_to_look_closer()
    {
        string library = Path.Combine(_feed.Plugins, "libtext.so");
        File.WriteAllText(library, "no library");

        JsonElement problem = Assert.Single(Problems());

        Assert.Equal("text", problem.GetProperty("subject").GetString());
        Assert.EndsWith($" inspect '{library}'", problem.GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_version_is_a_hint()
    {
        _feed.Pack("hello", "2.0.0");

        JsonElement hint = Assert.Single(Findings(), finding => CodeOf(finding) == "NP8022");

        Assert.Equal("hint", hint.GetProperty("severity").GetString());
        Assert.Equal("1.0.0", hint.GetProperty("error").GetProperty("found").GetString());
        Assert.Equal(0, _feed.Run("doctor").Status);
    }

    [Fact]
    public void A_source_that_is_gone_is_a_hint()
    {
        Directory.Delete(_feed.Packages, recursive: true);

        Assert.Contains(Findings(), finding => finding.GetProperty("subject").GetString() == "hello");
        Assert.Empty(Problems());
    }

    [Fact]
    public void A_plugin_behind_another_one_of_its_id_is_a_hint()
    {
        string first = _feed.Publish("hello", "3.0.0");

        HostRun run = HostRun.Of("doctor", "--json", "--plugin-dir", first, "--plugin-dir", _feed.Plugins);

        JsonElement hint = Assert.Single(Feed.Lines(run), finding => CodeOf(finding) == "NP8021");
        Assert.Contains(first, hint.GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((64L << 20) - 1, true)]
    [InlineData(64L << 20, false)]
    public void Less_than_64_MiB_is_little_space(long free, bool isLittle) => Assert.Equal(isLittle, InstallationCheck.OfSpace("/plugins", free) is { IsProblem: true });

    [Fact]
    public void For_a_person_each_problem_has_its_code_and_its_command()
    {
        File.Delete(_feed.Installed("hello"));

        string text = _feed.Run("doctor").Output;

        Assert.StartsWith("problem: NP7206: 'hello' 1.0.0 is not as it was installed\n  expected: ", text, StringComparison.Ordinal);
        Assert.Contains($"\n  command:  {Product.Name} restore --plugin-dir ", text, StringComparison.Ordinal);
    }

    public void Dispose() => _feed.Dispose();

    private JsonElement[] Findings() => Feed.Lines(_feed.Run("doctor", "--json"));

    private JsonElement[] Problems() => [.. Findings().Where(finding => finding.GetProperty("severity").GetString() == "problem")];

    private static string? CodeOf(JsonElement finding) => finding.GetProperty("error").GetProperty("code").GetString();
}
