using NativePlugins.Cli.Tests.Installing;
using NativePlugins.Distribution;
using NativePlugins.Tests;

namespace NativePlugins.Cli.Tests.Signing;

/// <summary>The commands about keys and signatures.</summary>
public sealed class SigningTests : IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly Feed _feed = new();
    private readonly TemporaryDirectory _folder = new();

    private string Secret => _folder["ada.key"];

    private string Public => _folder["ada.pub"];

    [Fact]
    public void A_new_pair_of_keys_is_in_two_files_of_which_the_secret_one_is_only_for_its_user()
    {
        HostRun run = Keygen();

        Assert.Equal(0, run.Status);
        Assert.Equal(run.Output, MinisignPublicKey.Parse(File.ReadAllText(Public)) + "\n");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secret));
        Assert.DoesNotContain(Passphrase, run.Output + run.Error + File.ReadAllText(Secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada.key")]
    [InlineData("ada.pub")]
    public void A_key_is_never_overwritten(string name)
    {
        _folder.WriteFile(name, "mine"u8);

        HostRun run = Keygen();

        Assert.Equal(74, run.Status);
        Assert.Contains("NP8018", run.Error, StringComparison.Ordinal);
        Assert.Equal([name], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        Assert.Equal("mine", File.ReadAllText(_folder[name]));
    }

    [Fact]
    public void A_package_that_was_signed_says_by_whom()
    {
        Keygen();
        string package = _feed.Pack("hello", "1.0.0").Output.Trim();

        Assert.Equal((0, package + "\n"), Result(With(Passphrase, "sign", package, "--key", Secret)));

        string id = MinisignPublicKey.Parse(File.ReadAllText(Public)).Id;
        Assert.StartsWith($"hello\t1.0.0\tsigned\t{id}\ttimestamp:", HostRun.Of("verify", package, "--key", Public).Output, StringComparison.Ordinal);
        Assert.Equal($"hello\t1.0.0\tnot checked\t{id}\t-\n", HostRun.Of("verify", package).Output);
    }

    [Fact]
    public void A_package_can_be_signed_when_it_is_packed()
    {
        Keygen();

        HostRun packed = With(Passphrase, "pack", _feed.Publish("hello", "1.0.0"), "--output", _feed.Packages, "--sign-key", Secret);

        Assert.Equal(0, HostRun.Of("verify", packed.Output.Trim(), "--key", File.ReadAllText(Public).Split('\n')[1]).Status);
    }

    [Fact]
    public void With_another_passphrase_nothing_is_packed()
    {
        Keygen();

        HostRun packed = With("wrong horse", "pack", _feed.Publish("hello", "1.0.0"), "--output", _feed.Packages, "--sign-key", Secret);

        Assert.Equal(77, packed.Status);
        Assert.Contains("NP7303", packed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", packed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_feed.Packages));
    }

    [Fact]
    public void A_package_of_another_key_is_refused()
    {
        Keygen();
        using MinisignSecretKey other = MinisignSecretKey.Create();
        string package = _feed.Pack("hello", "1.0.0").Output.Trim();
        PluginPackageWriter.Sign(package, other);

        HostRun run = HostRun.Of("verify", package, "--key", Public);

        Assert.Equal((65, ""), Result(run));
        Assert.Contains("NP7302", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_keys_must_have_signed()
    {
        using MinisignSecretKey one = MinisignSecretKey.Create(), other = MinisignSecretKey.Create();
        string package = _feed.Pack("hello", "1.0.0").Output.Trim();
        PluginPackageWriter.Sign(package, other);

        Assert.Equal(0, HostRun.Of("verify", package, "--key", one.PublicKey.ToString(), "--key", other.PublicKey.ToString()).Status);
    }

    [Fact]
    public void A_package_without_a_signature_says_so_and_is_refused_where_a_key_is_wanted()
    {
        Keygen();
        string package = _feed.Pack("hello", "1.0.0").Output.Trim();

        Assert.Equal((0, "hello\t1.0.0\tunsigned\t-\t-\n"), Result(HostRun.Of("verify", package)));
        Assert.Contains("NP7304", HostRun.Of("verify", package, "--key", Public).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_refused_does_not_hold_up_the_others()
    {
        string package = _feed.Pack("hello", "1.0.0").Output.Trim();

        Assert.Equal((74, "hello\t1.0.0\tunsigned\t-\t-\n"), Result(HostRun.Of("verify", _folder["gone.1.0.0.nupkg"], package)));
    }

    [Fact]
    public void What_is_no_package_is_signed_by_a_file_beside_it()
    {
        Keygen();
        string file = _folder.WriteFile("notes.txt", "hello"u8);

        Assert.Equal((0, file + ".minisig\n"), Result(With(Passphrase, "sign", file, "--key", Secret)));

        MinisignSignature.Parse(File.ReadAllBytes(file + ".minisig")).Verify(MinisignPublicKey.Parse(File.ReadAllText(Public)), new MemoryStream("hello"u8.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nlater")]
    public void A_descriptor_without_a_passphrase_is_an_error(string content)
    {
        HostRun run = With(content, "keygen", _folder["ada"]);

        Assert.Equal(78, run.Status);
        Assert.Contains("NP8017", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Secret));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("-1")]
    public void What_is_no_descriptor_is_an_error_that_does_not_repeat_it(string value)
    {
        HostRun run = HostRun.Of("keygen", _folder["ada"], "--passphrase-fd", value);

        Assert.Equal(64, run.Status);
        Assert.DoesNotContain($"'{value}'", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _feed.Dispose();
        _folder.Dispose();
    }

    private static (int Status, string Output) Result(HostRun run) => (run.Status, run.Output);

    private HostRun Keygen() => With(Passphrase + "\nwhat follows", "keygen", _folder["ada"]);

    /// <summary>A command whose passphrase is in a descriptor.</summary>
    private HostRun With(string passphrase, params string[] arguments)
    {
        using FileStream descriptor = File.Open(Path.Combine(_folder.CreateDirectory(Guid.NewGuid().ToString("N")), "passphrase"), FileMode.CreateNew, FileAccess.ReadWrite);
        descriptor.Write(System.Text.Encoding.UTF8.GetBytes(passphrase));
        descriptor.Flush();
        descriptor.Position = 0;
        return HostRun.Of([.. arguments, "--passphrase-fd", $"{descriptor.SafeFileHandle.DangerousGetHandle()}"]);
    }
}
