using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Distribution.Tests.Trust;

public sealed class PluginTrustPolicyTests : IDisposable
{
    private const string Key = "RWTESgCOr/EvckF0uCBG4cJ6Ipdc84ZGZSxuDVYJGp8Z8/Hidt/BiNPr";

    private readonly TemporaryDirectory _folder = new();

    private string File => _folder["trust.json"];

    [Fact]
    public void A_policy_is_read_as_it_was_written()
    {
        MinisignPublicKey key = MinisignPublicKey.Parse(Key);
        PluginTrustPolicy policy = PluginTrustPolicy.Empty
            .With(new PluginTrustRule("acme.*", "/srv/feed", [key])).With(new PluginTrustRule("acme.*", null, [key, TestKeys.Ours.PublicKey])).With(new PluginTrustRule("*", null, []))
            .With(new PluginVersionFloor("hello", "1.2.0")).WithRevoked(TestKeys.Others.PublicKey);
        policy.Write(File);

        PluginTrustPolicy read = PluginTrustPolicy.Read(File);

        Assert.Equal(["*", "acme.*", "acme.*"], read.Rules.Select(rule => rule.Pattern));
        Assert.Equal([null, null, "/srv/feed"], read.Rules.Select(rule => rule.Source));
        Assert.Equal([0, 2, 1], read.Rules.Select(rule => rule.Keys.Count));
        Assert.Equal(policy.Floors, read.Floors);
        Assert.Equal(policy.Revoked, read.Revoked);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_policy_that_others_may_write_is_refused(UnixFileMode more)
    {
        PluginTrustPolicy.Empty.Write(File);
        System.IO.File.SetUnixFileMode(File, System.IO.File.GetUnixFileMode(File) | more);

        PluginTrustPolicyException refusal = Assert.Throws<PluginTrustPolicyException>(() => PluginTrustPolicy.Read(File));

        Assert.StartsWith($"policy '{File}': mode ", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_in_a_directory_that_others_may_write_is_refused_also_through_a_link()
    {
        string folder = _folder.CreateDirectory("shared"), link = _folder["link.json"];
        PluginTrustPolicy.Empty.Write(Path.Combine(folder, "trust.json"));
        System.IO.File.CreateSymbolicLink(link, Path.Combine(folder, "trust.json"));
        System.IO.File.SetUnixFileMode(folder, System.IO.File.GetUnixFileMode(folder) | UnixFileMode.OtherWrite);

        Assert.StartsWith($"directory '{folder}': mode ", Assert.Throws<PluginTrustPolicyException>(() => PluginTrustPolicy.Read(link)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_may_nobody_else_change()
    {
        string file = _folder["made/trust.json"];

        PluginTrustPolicy.Empty.Write(file);

        Assert.Equal(
            (UnixFileMode)0, (System.IO.File.GetUnixFileMode(file) | System.IO.File.GetUnixFileMode(Path.GetDirectoryName(file)!)) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
    }

    [Fact]
    public void Where_no_file_is_nothing_is_said() => Assert.Same(PluginTrustPolicy.Empty, PluginTrustPolicy.Read(_folder["absent/trust.json"]));

    [Theory]
    [InlineData("")]
    [InlineData("trust")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "trustVersion": 2 }""")]
    [InlineData("""{ "trustVersion": 1 } {}""")]
    [InlineData("""{ "trustVersion": 1, "rule": [] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": {} }""")]
    [InlineData("""{ "trustVersion": 1, "rules": null }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*" } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": [] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "unsigned": false } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "unsigned": "true" } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": [], "unsigned": true } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": [ "KEY" ], "unsigned": true } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": [ "key" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": [ 1 ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "keys": "KEY" } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "source": 1, "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*", "from": "/", "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "*.acme", "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "Acme", "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "a", "id": "b", "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [ { "id": "a", "keys": [ "KEY" ] }, { "id": "a", "unsigned": true } ] }""")]
    [InlineData("""{ "trustVersion": 1, "rules": [], "rules": [ { "id": "a", "keys": [ "KEY" ] } ] }""")]
    [InlineData("""{ "trustVersion": 1, "revoked": [ "" ] }""")]
    [InlineData("""{ "trustVersion": 1, "floors": [ { "id": "a", "version": "one" } ] }""")]
    [InlineData("""{ "trustVersion": 1, "floors": [ { "id": "a" } ] }""")]
    [InlineData("""{ "trustVersion": 1, "floors": [ { "id": "a", "version": "1.0.0" }, { "id": "a", "version": "0.0.1" } ] }""")]
    public async Task A_malformed_policy_refuses_everything(string text)
    {
        using var store = new TestStore();
        System.IO.File.WriteAllText(store.TrustFile, text.Replace("KEY", Key, StringComparison.Ordinal));

        var thrown = await Assert.ThrowsAsync<PluginTrustPolicyException>(() => store.Install("1.0.0"));

        Assert.Contains("trust.json", thrown.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(store.Root));
    }

    [Fact]
    public void A_policy_that_cannot_be_read_refuses_everything() =>
        Assert.Throws<PluginTrustPolicyException>(() => PluginTrustPolicy.Read(_folder.CreateDirectory("directory")));

    [Fact]
    public void Any_bytes_are_a_policy_or_refused_as_none()
    {
        PluginTrustPolicy.Empty.With(new PluginTrustRule("acme.*", "/srv", [MinisignPublicKey.Parse(Key)])).Write(File);
        byte[] good = System.IO.File.ReadAllBytes(File);
        Prop.ForAll<byte[], int>((bytes, at) =>
        {
            int place = (int)((uint)at * 2654435761UL % (ulong)good.Length);
            return IsTyped(bytes ?? []) && IsTyped([.. good[..place], .. bytes ?? [], .. good[Math.Min(good.Length, place + (bytes?.Length ?? 0))..]]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme*")]
    [InlineData("*.*")]
    [InlineData(".*")]
    [InlineData("Acme.*")]
    public void What_is_no_pattern_makes_no_rule(string pattern)
    {
        Assert.Throws<ArgumentException>(() => PluginTrustPolicy.Empty.With(new PluginTrustRule(pattern, null, [])));
        Assert.Throws<ArgumentException>(() => PluginTrustPolicy.Empty.With(new PluginVersionFloor(pattern, "1.0.0")));
    }

    public void Dispose() => _folder.Dispose();

    private bool IsTyped(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        return Record.Exception(() => PluginTrustPolicy.Read(File)) is null or PluginTrustPolicyException;
    }
}
