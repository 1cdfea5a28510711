using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Tests.Packages;

public sealed class SignedPackageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void A_signed_package_is_of_the_key_that_signed_it()
    {
        using PluginPackage package = PluginPackage.Open(TestKeys.Sign(new TestPackage().WriteTo(_folder.Path)));

        package.VerifySignature(TestKeys.Ours.PublicKey);
        package.Verify();
        Assert.Equal(TestKeys.Ours.PublicKey.Id, package.Signature!.KeyId);
    }

    [Fact]
    public void Signing_changes_neither_the_statement_nor_a_file()
    {
        string path = new TestPackage().WriteTo(_folder.Path);
        Dictionary<string, byte[]> before = Contents(path);

        TestKeys.Sign(path);

        Dictionary<string, byte[]> after = Contents(path);
        Assert.True(after.Remove(PackageStatement.SignatureName));
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_package_that_is_signed_again_is_only_of_the_second_key()
    {
        string path = TestKeys.Sign(TestKeys.Sign(new TestPackage().WriteTo(_folder.Path)), TestKeys.Others);

        using PluginPackage package = PluginPackage.Open(path);

        package.VerifySignature(TestKeys.Others.PublicKey);
        Assert.Throws<SignatureInvalidException>(() => package.VerifySignature(TestKeys.Ours.PublicKey));
    }

    [Fact]
    public void A_package_without_a_signature_is_refused_where_one_is_wanted()
    {
        using PluginPackage package = PluginPackage.Open(new TestPackage().WriteTo(_folder.Path));

        Assert.Null(package.Signature);
        Assert.Throws<PackageUnsignedException>(() => package.VerifySignature(TestKeys.Ours.PublicKey));
    }

    [Theory]
    [InlineData("hello", "2.0.0")]
    [InlineData("other", "1.0.0")]
    public void The_signature_of_another_package_or_version_does_not_fit(string id, string version)
    {
        byte[] other = new TestPackage(id, version).ToEntries()[0].Packed;
        using PluginPackage package = Open(new TestPackage().ToSignedEntries(_ => TestKeys.Sign(other)));

        Assert.Throws<SignatureInvalidException>(() => package.VerifySignature(TestKeys.Ours.PublicKey));
    }

    [Fact]
    public void The_signature_does_not_fit_a_statement_that_was_made_for_other_files()
    {
        byte[] signature = TestKeys.Sign(new TestPackage().ToEntries()[0].Packed);
        using PluginPackage package = Open(new TestPackage().With("README.md", "other").ToSignedEntries(_ => signature));

        package.Verify();
        Assert.Throws<SignatureInvalidException>(() => package.VerifySignature(TestKeys.Ours.PublicKey));
    }

    [Fact]
    public void A_signature_that_is_cut_off_or_doubled_makes_the_package_malformed()
    {
        Assert.Throws<SignatureMalformedException>(() => Open(new TestPackage().ToSignedEntries(statement => TestKeys.Sign(statement)[..^3])));
        Assert.Throws<SignatureMalformedException>(() => Open(new TestPackage().ToSignedEntries(statement => [.. TestKeys.Sign(statement), .. TestKeys.Sign(statement)])));
        Assert.Throws<PackageMalformedException>(() => Open(new TestPackage().ToSignedEntries(_ => new byte[10_001])));
    }

    [Fact]
    public void A_second_signature_beside_the_first_is_refused()
    {
        List<RawEntry> entries = new TestPackage().ToSignedEntries();
        entries.Insert(2, entries[1]);

        Assert.Throws<PackageEntryException>(() => Open(entries));
    }

    [Fact]
    public void A_signature_that_the_statement_names_is_refused() =>
        Assert.Throws<PackageMalformedException>(() => Open(new TestPackage().With(PackageStatement.SignatureName, Encoding.UTF8.GetString(TestKeys.Sign([1]))).ToEntries()));

    [Theory]
    [InlineData(PackageStatement.FileName)]
    [InlineData(PackageStatement.SignatureName)]
    [InlineData("Plugin-Package.json")]
    [InlineData("plugin-package.json/x")]
    public void A_file_of_the_plugin_does_not_have_the_name_of_what_is_installed_beside_it(string name)
    {
        var package = new TestPackage();
        package.Change(manifest => manifest with { Files = [.. manifest.Files, name] }).With($"plugins/{package.Rid}/{name}", "x");

        Assert.Throws<PackageContentException>(() => Open(package.ToEntries()));
    }

    [Fact]
    public void A_package_that_a_feed_has_signed_is_not_signed()
    {
        string path = _folder.WriteFile("hello.1.0.0.nupkg", new RawZip().Write([.. new TestPackage().ToEntries(), new RawEntry(PackageStatement.FeedSignature, [1])]));
        byte[] before = File.ReadAllBytes(path);

        Assert.Throws<PackageMalformedException>(() => TestKeys.Sign(path));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void No_change_of_one_byte_of_a_signed_package_gets_another_statement_accepted()
    {
        byte[] good = new RawZip().Write(new TestPackage().ToSignedEntries()), statement = new TestPackage().ToEntries()[0].Packed;
        Prop.ForAll<int, byte>((at, value) =>
        {
            byte[] changed = (byte[])good.Clone();
            changed[(int)((uint)at * 2654435761UL % (ulong)good.Length)] = value;
            return IsKept(changed, statement);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task What_the_signature_covers_is_installed_with_the_plugin()
    {
        using var store = new TestStore();
        TestKeys.Sign(Path.Combine(store.Feed, "hello.1.0.0.nupkg"));

        await store.Install("1.0.0");

        MinisignSignature.Parse(File.ReadAllBytes(store["hello", PackageStatement.SignatureName]))
            .Verify(TestKeys.Ours.PublicKey, new MemoryStream(File.ReadAllBytes(store["hello", PackageStatement.FileName])));
        Assert.Empty(store.Open().Verify());
    }

    [MinisignFact]
    public void Minisign_accepts_the_signature_of_the_statement_in_a_package()
    {
        ZipFile.ExtractToDirectory(TestKeys.Sign(new TestPackage().WriteTo(_folder["feed"])), _folder["unpacked"]);

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(
            "minisign", ["-V", "-P", TestKeys.Ours.PublicKey.ToString(), "-m", _folder[$"unpacked/{PackageStatement.FileName}"]]));

        Assert.True(run.ExitCode == 0, run.AllOutput);
    }

    public void Dispose() => _folder.Dispose();

    private PluginPackage Open(List<RawEntry> entries) => PluginPackage.Open(_folder.WriteFile("package", new RawZip().Write(entries)));

    private bool IsKept(byte[] bytes, byte[] statement)
    {
        try
        {
            using PluginPackage package = PluginPackage.Open(_folder.WriteFile("changed", bytes));
            package.VerifySignature(TestKeys.Ours.PublicKey);
            return package.Statement.Span.SequenceEqual(statement);
        }
        catch (PluginException)
        {
            return true;
        }
    }

    private static Dictionary<string, byte[]> Contents(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }
}
