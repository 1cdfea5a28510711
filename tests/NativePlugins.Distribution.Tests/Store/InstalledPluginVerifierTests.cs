using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Tests.Store;

/// <summary>Which bytes a host may load of what is installed.</summary>
public sealed class InstalledPluginVerifierTests : IDisposable
{
    private const string Library = "libhello.so";

    private readonly TestStore _store = new();

    private string Found => _store["hello", Library];

    [Fact]
    public async Task They_are_those_that_the_lock_file_names()
    {
        await _store.Install("1.0.0");

        IReadOnlyList<PluginFileDigest>? files = Find();

        Assert.Equal(["data/version.txt", "libhello.plugin.json", Library], files!.Select(file => file.Path));
        Assert.Equal((TestLibrary.Plugin.Length, PackageFiles.Digest(TestLibrary.Plugin)), (files![2].Size, files[2].Sha256));
    }

    [Fact]
    public async Task They_are_the_same_for_the_path_in_the_store()
    {
        await _store.Install("1.0.0");
        IReadOnlyList<PluginFileDigest>? files = Find();
        string path = _store[".store", "versions", "hello", "1.0.0", Library];

        Assert.Equal(files, Verifier().Find(path, path));
    }

    [Fact]
    public async Task The_version_before_may_be_loaded_as_long_as_the_lock_file_names_it()
    {
        await _store.Install("1.0.0");
        await _store.Install("2.0.0");
        _store.Relink("1.0.0");

        Assert.NotNull(Find());
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_refused()
    {
        await _store.Install("1.0.0");
        Directory.Move(_store[".store", "versions", "hello", "1.0.0"], _store["elsewhere"]);
        _store.Relink("elsewhere", inStore: false);

        PluginStoreDiffersException refusal = Assert.Throws<PluginStoreDiffersException>(Find);

        Assert.Equal("NP7206", refusal.Code);
        Assert.Contains("elsewhere", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_of_another_installed_plugin_is_refused_under_the_name()
    {
        await _store.Install("1.0.0");
        new TestPackage("other").WriteTo(_store.Feed);
        await _store.Install("1.0.0", id: "other");
        File.Delete(_store["hello"]);
        File.CreateSymbolicLink(_store["hello"], _store[".store", "versions", "other", "1.0.0"]);

        Assert.Throws<PluginStoreDiffersException>(() => Verifier().Find(_store["hello", "libother.so"], Real(_store["hello", "libother.so"])));
    }

    [Fact]
    public async Task A_plugin_that_the_lock_file_does_not_name_is_refused()
    {
        await _store.Install("1.0.0");
        string library = _store["copied", Library];
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.WriteAllBytes(library, TestLibrary.Plugin);

        PluginNotInstalledException refusal = Assert.Throws<PluginNotInstalledException>(() => Verifier().Find(library, library));

        Assert.Contains("plugins.lock.json", refusal.Found, StringComparison.Ordinal);
        Assert.Null(new InstalledPluginVerifier { AllowNotInstalled = true, TrustFiles = [] }.Find(library, library));
    }

    [Fact]
    public void A_plugin_without_a_lock_file_is_refused()
    {
        string library = _store["copied", Library];

        Assert.StartsWith("no lock file", Assert.Throws<PluginNotInstalledException>(() => Verifier().Find(library, library)).Found, StringComparison.Ordinal);
        Assert.Null(new InstalledPluginVerifier { AllowNotInstalled = true, TrustFiles = [] }.Find(library, library));
    }

    [Fact]
    public async Task What_is_installed_is_held_to_the_lock_file_also_where_other_plugins_are_allowed()
    {
        await _store.Install("1.0.0");
        File.Delete(_store["hello"]);
        Directory.CreateDirectory(_store["hello"]);
        File.WriteAllBytes(Found, TestLibrary.Plugin);

        Assert.Throws<PluginStoreDiffersException>(() => new InstalledPluginVerifier { AllowNotInstalled = true, TrustFiles = [] }.Find(Found, Real(Found)));
    }

    [Fact]
    public async Task A_lock_file_that_cannot_be_used_is_refused()
    {
        await _store.Install("1.0.0");
        File.WriteAllText(_store["plugins.lock.json"], "{}");

        Assert.Throws<PluginLockFileException>(Find);
    }

    [Fact]
    public async Task A_policy_that_came_later_holds_too()
    {
        await _store.Install("1.0.0");
        PluginTrustPolicy.Empty.With(new PluginTrustRule("hello", null, [TestKeys.Ours.PublicKey])).Write(_store.TrustFile);

        Assert.Throws<PackageUnsignedException>(Find);
    }

    [Fact]
    public async Task A_lock_file_that_names_other_bytes_than_were_signed_is_refused()
    {
        TestKeys.Sign(Path.Combine(_store.Feed, "hello.1.0.0.nupkg"));
        PluginTrustPolicy.Empty.With(new PluginTrustRule("hello", null, [TestKeys.Ours.PublicKey])).Write(_store.TrustFile);
        await _store.Install("1.0.0");
        string digest = Find()!.Single(file => file.Path == Library).Sha256;
        string locked = File.ReadAllText(_store["plugins.lock.json"]);
        File.WriteAllText(_store["plugins.lock.json"], locked.Replace(digest, new string('0', digest.Length), StringComparison.Ordinal));

        PluginStoreDiffersException refusal = Assert.Throws<PluginStoreDiffersException>(Find);

        Assert.Contains("signed", refusal.Expected, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private IReadOnlyList<PluginFileDigest>? Find() => Verifier().Find(Found, Real(Found));

    private InstalledPluginVerifier Verifier() => new() { TrustFiles = [_store.TrustFile] };

    private static string Real(string path) =>
        FileSystem.Current.GetRealPath(path, out string real).IsNone ? real : throw new FileNotFoundException(path);
}
