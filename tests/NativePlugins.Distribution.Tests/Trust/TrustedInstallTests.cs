namespace NativePlugins.Distribution.Tests.Trust;

/// <summary>What a policy does not allow is refused by its own error, and nothing of it is left.</summary>
public sealed class TrustedInstallTests : IDisposable
{
    private static readonly MinisignPublicKey s_ours = TestKeys.Ours.PublicKey, s_others = TestKeys.Others.PublicKey;

    private readonly TestStore _store = new();

    private string First => Path.Combine(_store.Feed, "hello.1.0.0.nupkg");

    [Fact]
    public async Task What_one_of_the_keys_has_signed_is_installed()
    {
        Write(Signed("hello", s_others, s_ours));
        TestKeys.Sign(First);

        await _store.Install("1.0.0");

        Assert.Equal("1.0.0", _store.Read());
        Assert.Empty(_store.Open().VerifyTrust());
    }

    [Fact]
    public Task What_is_not_signed_is_refused() => AssertRefused<PackageUnsignedException>(Signed("hello", s_ours));

    [Fact]
    public Task What_another_key_has_signed_is_refused()
    {
        TestKeys.Sign(First, TestKeys.Others);
        return AssertRefused<PackageSignerUnknownException>(Signed("hello", s_ours));
    }

    [Fact]
    public Task The_signature_of_another_version_is_refused()
    {
        byte[] other = TestKeys.Sign(new TestPackage(version: "2.0.0").ToEntries()[0].Packed);
        File.WriteAllBytes(First, new RawZip().Write(new TestPackage().ToSignedEntries(_ => other)));
        return AssertRefused<SignatureInvalidException>(Signed("hello", s_ours));
    }

    [Fact]
    public Task A_key_that_has_the_id_of_a_trusted_one_is_refused()
    {
        // The id stands in front of the signature, and anybody can write another one there.
        File.WriteAllBytes(First, new RawZip().Write(new TestPackage().ToSignedEntries(statement => Rename(TestKeys.Sign(statement, TestKeys.Others), s_ours))));
        return AssertRefused<SignatureInvalidException>(Signed("hello", s_ours));
    }

    [Fact]
    public Task What_a_revoked_key_has_signed_is_refused_also_where_no_rule_is()
    {
        TestKeys.Sign(First);
        return AssertRefused<PackageSignerRevokedException>(PluginTrustPolicy.Empty.WithRevoked(s_ours));
    }

    [Fact]
    public Task A_key_that_is_revoked_and_in_a_rule_is_revoked()
    {
        TestKeys.Sign(First);
        return AssertRefused<PackageSignerRevokedException>(Signed("hello", s_ours).WithRevoked(s_ours));
    }

    [Fact]
    public async Task A_new_key_beside_the_old_one_is_accepted_and_then_alone()
    {
        Write(Signed("hello", s_ours, s_others));
        TestKeys.Sign(First);
        await _store.Install("1.0.0");
        TestKeys.Sign(Path.Combine(_store.Feed, "hello.2.0.0.nupkg"), TestKeys.Others);
        Write(Signed("hello", s_ours, s_others).WithRevoked(s_ours));

        await _store.Install("2.0.0");

        Assert.Equal("2.0.0", _store.Read());
        await Assert.ThrowsAsync<PackageSignerRevokedException>(() => _store.Open().RollBackAsync("hello", CancellationToken.None));
    }

    [Fact]
    public Task A_version_below_the_floor_is_refused() =>
        AssertRefused<PackageVersionFloorException>(PluginTrustPolicy.Empty.With(new PluginVersionFloor("*", "0.1.0")).With(new PluginVersionFloor("hello", "1.0.1")));

    [Fact]
    public async Task A_rollback_does_not_go_below_the_floor()
    {
        await _store.Install("1.0.0");
        await _store.Install("2.0.0");
        Write(PluginTrustPolicy.Empty.With(new PluginVersionFloor("hello", "2.0.0-rc.1")));

        await Assert.ThrowsAsync<PackageVersionFloorException>(() => _store.Open().RollBackAsync("hello", CancellationToken.None));

        Assert.Equal("2.0.0", _store.Read());
    }

    [Fact]
    public Task An_id_with_a_source_comes_from_nowhere_else() =>
        AssertRefused<PackageOriginException>(PluginTrustPolicy.Empty.With(new PluginTrustRule("*", null, [])).With(new PluginTrustRule("hello", "/srv/feed", [])));

    [Fact]
    public async Task A_rule_for_a_source_counts_before_that_for_all()
    {
        Write(Signed("hello", s_ours).With(new PluginTrustRule("hello", _store.Feed + "/", [])));

        await _store.Install("1.0.0");

        Assert.Equal("1.0.0", _store.Read());
    }

    [Theory]
    [InlineData("hell0")]
    [InlineData("he11o")]
    public async Task An_id_that_looks_like_one_of_the_policy_is_refused(string id)
    {
        new TestPackage(id).WriteTo(_store.Feed);
        Write(Signed("hello", s_ours));

        await Assert.ThrowsAsync<PackageOriginException>(() => _store.Install("1.0.0", id: id));
        Write(Signed("hello", s_ours).With(new PluginTrustRule(id, null, [])));
        await _store.Install("1.0.0", id: id);
    }

    [Fact]
    public async Task The_narrowest_rule_counts()
    {
        new TestPackage("acme.tools.saw").WriteTo(_store.Feed);
        Write(Signed("*", s_ours).With(new PluginTrustRule("acme.*", null, [s_others])).With(new PluginTrustRule("acme.tools.*", null, [])));

        await _store.Install("1.0.0", id: "acme.tools.saw");

        Assert.Equal("acme.tools.saw", Assert.Single(_store.Open().List()).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_strictest_of_several_policies_decides(bool isFirst)
    {
        string other = Path.Combine(_store.Feed, "trust.json");
        Write(Signed("hello", s_ours));
        PluginTrustPolicy.Empty.With(new PluginTrustRule("hello", null, [])).Write(other);
        var options = new PluginStoreOptions { TrustFiles = isFirst ? [_store.TrustFile, other] : [other, _store.TrustFile] };

        await Assert.ThrowsAsync<PackageUnsignedException>(
            () => new PluginStore(_store.Root, options).InstallAsync("hello", null, [_store.Source], CancellationToken.None));
    }

    [Fact]
    public async Task A_restore_installs_only_what_the_policy_allows()
    {
        await _store.Install("1.0.0");
        Directory.Delete(_store[".store"], recursive: true);
        Write(Signed("hello", s_ours));

        await Assert.ThrowsAsync<PackageUnsignedException>(() => _store.Open().RestoreAsync([_store.Source], CancellationToken.None));

        Assert.False(Directory.Exists(_store[".store", "versions", "hello"]));
    }

    [Fact]
    public async Task What_is_installed_already_is_not_installed_again_against_the_policy()
    {
        await _store.Install("1.0.0");
        Write(Signed("hello", s_ours));

        await Assert.ThrowsAsync<PackageUnsignedException>(() => _store.Install("1.0.0"));
    }

    [Fact]
    public async Task What_is_installed_is_held_to_the_policy_as_it_is_now()
    {
        TestKeys.Sign(First);
        await _store.Install("1.0.0");
        await _store.Install("2.0.0");
        Write(Signed("hello", s_ours));

        PluginTrustViolation violation = Assert.Single(_store.Open().VerifyTrust());

        Assert.Equal(("hello", "2.0.0"), (violation.Id, violation.Version));
        Assert.IsType<PackageUnsignedException>(violation.Refusal);
    }

    [Fact]
    public async Task A_statement_of_another_version_in_the_place_of_the_installed_one_is_found()
    {
        TestKeys.Sign(First);
        TestKeys.Sign(Path.Combine(_store.Feed, "hello.2.0.0.nupkg"));
        Write(Signed("hello", s_ours));
        await _store.Install("1.0.0");
        await _store.Install("2.0.0");

        // Whoever can write here can also write the lock file, but not a signature.
        string[] names = ["plugin-package.json", "plugin-package.json.minisig"];
        string locked = File.ReadAllText(_store["plugins.lock.json"]);
        foreach (string name in names)
        {
            string current = _store[".store", "versions", "hello", "2.0.0", name], before = _store[".store", "versions", "hello", "1.0.0", name];
            locked = locked.Replace(Digest(current), Digest(before), StringComparison.Ordinal).Replace($"\"size\": {new FileInfo(current).Length}", $"\"size\": {new FileInfo(before).Length}", StringComparison.Ordinal);
            File.Copy(before, current, overwrite: true);
        }

        File.WriteAllText(_store["plugins.lock.json"], locked);

        Assert.Empty(_store.Open().Verify());
        Assert.IsType<PluginStoreDiffersException>(Assert.Single(_store.Open().VerifyTrust()).Refusal);
    }

    public void Dispose() => _store.Dispose();

    private static PluginTrustPolicy Signed(string pattern, params MinisignPublicKey[] keys) => PluginTrustPolicy.Empty.With(new PluginTrustRule(pattern, null, keys));

    private void Write(PluginTrustPolicy policy) => policy.Write(_store.TrustFile);

    private async Task AssertRefused<T>(PluginTrustPolicy policy)
        where T : PluginException
    {
        Write(policy);

        await Assert.ThrowsAsync<T>(() => _store.Install("1.0.0"));

        Assert.Null(_store.Read());
        Assert.Empty(_store.Leftovers());
    }

    /// <summary>A signature that says it is another key's.</summary>
    private static byte[] Rename(byte[] signature, MinisignPublicKey key)
    {
        string[] lines = System.Text.Encoding.UTF8.GetString(signature).Split('\n');
        byte[] bytes = Convert.FromBase64String(lines[1]);
        Convert.FromBase64String(key.ToString()).AsSpan(2, 8).CopyTo(bytes.AsSpan(2));
        lines[1] = Convert.ToBase64String(bytes);
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static string Digest(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
}
