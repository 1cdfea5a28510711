using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using Xunit;

namespace NativePlugins.Host.Tests.Staging;

/// <summary>Copies of files whose bytes are known: a copy has these bytes, or there is none.</summary>
public sealed class KnownFilesTests : IDisposable
{
    private const string Manifest = """
        { "manifestVersion": 1, "id": "x", "name": "X", "version": "1.0.0", "abi": "1.0", "files": ["private/y.so"] }
        """;

    private static readonly string[] s_names = ["libx.so", "libx.plugin.json", "private/y.so"];

    private readonly TemporaryDirectory _directory = new();
    private readonly string _staging;

    public KnownFilesTests()
    {
        _staging = _directory.CreateDirectory("staging");
        Write("libx.so", "library");
        Write("libx.plugin.json", Manifest);
        Write("private/y.so", "private");
    }

    [Fact]
    public void The_library_its_manifest_and_what_this_lists_are_copied_and_nothing_else()
    {
        Write("more.txt", "more");

        using StagedPlugin staged = Stage([.. Known(), Digest("more.txt", "more")]);

        Assert.Equal(s_names, staged.Files.Select(file => file.Name));
        Assert.Equal("private", File.ReadAllText(staged.Files[2].Path));
        Assert.Equal(Known()[0].Sha256, staged.Files[0].Hash);
    }

    [Theory]
    [InlineData("libx.so")]
    [InlineData("libx.plugin.json")]
    [InlineData("private/y.so")]
    public void A_file_with_another_byte_is_refused(string name)
    {
        PluginFileDigest[] known = Known();
        byte[] bytes = File.ReadAllBytes(Installed(name));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Installed(name), bytes);

        PluginFileDiffersException refusal = AssertRefused(known);

        PluginFileDigest expected = known.Single(file => file.Path == name);
        Assert.Equal($"'{Installed(name)}' is not as it was installed", refusal.Summary);
        Assert.Equal($"{expected.Size:N0} bytes with the SHA-256 {expected.Sha256}", refusal.Expected);
        Assert.Equal($"{bytes.Length:N0} bytes with the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}", refusal.Found);
    }

    [Theory]
    [InlineData("librar", "6 bytes")]
    [InlineData("library and more", "more bytes")]
    public void A_file_of_another_length_is_refused(string content, string found)
    {
        PluginFileDigest[] known = Known();
        Write("libx.so", content);

        Assert.Equal(found, AssertRefused(known).Found);
    }

    [Fact]
    public void A_file_that_is_missing_is_refused()
    {
        PluginFileDigest[] known = Known();
        File.Delete(Installed("private/y.so"));

        Assert.Contains("no such file", AssertRefused(known).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_in_the_place_of_a_file_is_refused()
    {
        PluginFileDigest[] known = Known();
        File.Delete(Installed("libx.so"));
        Directory.CreateDirectory(Installed("libx.so"));

        Assert.Equal("a directory", AssertRefused(known).Found);
    }

    [Theory]
    [InlineData("libx.so")]
    [InlineData("libx.plugin.json")]
    [InlineData("private/y.so")]
    public void A_file_that_is_not_known_is_refused(string name) =>
        Assert.StartsWith("no such file", AssertRefused([.. Known().Where(file => file.Path != name)]).Expected, StringComparison.Ordinal);

    [Fact]
    public void A_manifest_that_is_not_read_is_not_copied()
    {
        using var area = new StagingArea(_staging);

        using StagedPlugin staged = area.Stage(Plugin(), Known(), readsManifest: false);

        Assert.Equal("libx.so", Assert.Single(staged.Files).Name);
    }

    [Fact]
    public void A_manifest_that_is_none_is_named_where_it_is_installed()
    {
        Write("libx.plugin.json", "[]");
        using var area = new StagingArea(_staging);

        PluginManifestException refusal = Assert.Throws<PluginManifestException>(() => area.Stage(Plugin(), Known(), readsManifest: true));

        Assert.Contains(Installed("libx.plugin.json"), refusal.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_to_a_file_after_its_bytes_were_read_makes_no_difference()
    {
        PluginFileDigest[] known = Known();

        using StagedPlugin staged = Stage(known, copied: path => File.WriteAllText(path, "other"));

        Assert.Equal(["library", Manifest, "private"], staged.Files.Select(file => File.ReadAllText(file.Path)));
    }

    [Fact]
    public void The_manifest_that_lists_files_is_the_copy()
    {
        PluginFileDigest[] known = Known();

        using StagedPlugin staged = Stage(known, copied: path =>
        {
            if (path.EndsWith(".json", StringComparison.Ordinal))
            {
                File.WriteAllText(path, Manifest.Replace("private/y.so", "other.so", StringComparison.Ordinal));
            }
        });

        Assert.Equal("private/y.so", staged.Files[2].Name);
    }

    [Fact]
    public void Whatever_is_done_meanwhile_a_copy_has_the_known_bytes_or_there_is_none()
    {
        Arbitrary<int[]> changes = Gen.Choose(0, 3).ArrayOf(3).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(changes, steps =>
        {
            Write("private/y.so", "private");
            int step = 0;
            try
            {
                using StagedPlugin staged = Stage(Known(), copied: _ => Change(steps[step++]));
                Assert.Equal(["library", Manifest, "private"], staged.Files.Select(file => File.ReadAllText(file.Path)));
            }
            catch (PluginFileDiffersException)
            {
                // The private library is the third that is read.
                Assert.Contains(steps[..2], change => change != 0);
            }
        }));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>0 changes nothing; the others change the private library.</summary>
    private void Change(int what)
    {
        string library = Installed("private/y.so");
        switch (what)
        {
            case 1:
                File.WriteAllText(library, "PRIVATE");
                break;
            case 2:
                File.WriteAllText(library + ".new", "another");
                File.Move(library + ".new", library, overwrite: true);
                break;
            case 3:
                File.Delete(library);
                break;
        }
    }

    private PluginFileDiffersException AssertRefused(PluginFileDigest[] known)
    {
        using var area = new StagingArea(_staging);

        PluginFileDiffersException refusal = Assert.Throws<PluginFileDiffersException>(() => area.Stage(Plugin(), known, readsManifest: true));

        Assert.Equal("NP7018", refusal.Code);
        Assert.Empty(Directory.GetFiles(_staging, "*.so", SearchOption.AllDirectories));
        return refusal;
    }

    private StagedPlugin Stage(PluginFileDigest[] known, Action<string>? copied = null)
    {
        using var area = new StagingArea(_staging, copied);
        return area.Stage(Plugin(), known, readsManifest: true);
    }

    private PluginFileDigest[] Known() =>
        [.. s_names.Select(name => Digest(name, File.ReadAllText(Installed(name))))];

    private static PluginFileDigest Digest(string name, string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        return new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private ResolvedPlugin Plugin() => new(Installed("libx.so"), "x", Path.GetDirectoryName(Installed("libx.so"))!, Installed("libx.so"));

    private string Installed(string name) => Path.Combine(_directory.Path, "plugins", name);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Installed(name))!);
        File.WriteAllText(Installed(name), content);
    }
}
