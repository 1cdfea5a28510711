using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace NativePlugins.Distribution.Tests.Packages;

public class PluginPackageTests
{
    [Fact]
    public void A_package_says_what_it_is_and_for_which_systems()
    {
        using var folder = new TemporaryDirectory();
        using PluginPackage package = PluginPackage.Open(Packed(folder));

        Assert.Equal("hello", package.Id);
        Assert.Equal("1.2.3", package.Version);
        Assert.Equal([PluginPackage.CurrentSystem], package.Systems);
        Assert.Equal("Hello", package.GetManifest(PluginPackage.CurrentSystem).Name);
    }

    [Fact]
    public void What_was_packed_is_what_is_unpacked()
    {
        using var folder = new TemporaryDirectory();
        string published = Publish(folder, "1.2.3");
        using PluginPackage package = PluginPackage.Open(Packed(folder));

        package.Extract(package.FindSystem(), folder["unpacked"]);

        Assert.Equal(Names(published).Where(name => name != "libhello.so.dbg"), Names(folder["unpacked"]));
        Assert.All(Names(folder["unpacked"]), name => Assert.Equal(File.ReadAllBytes(Path.Combine(published, name)), File.ReadAllBytes(folder[Path.Join("unpacked", name)])));
    }

    [Fact]
    public void The_same_files_make_the_same_bytes()
    {
        using var folder = new TemporaryDirectory();
        byte[] first = File.ReadAllBytes(Packed(folder));
        File.SetLastWriteTimeUtc(folder["published/libhello.so"], DateTime.UnixEpoch);

        Assert.Equal(first, File.ReadAllBytes(Packed(folder)));
    }

    [Fact]
    public void Other_readers_of_archives_see_the_same_files_with_right_checksums()
    {
        using var folder = new TemporaryDirectory();
        string path = Packed(folder);
        using PluginPackage package = PluginPackage.Open(path);
        using ZipArchive archive = ZipFile.OpenRead(path);

        Assert.Equal(package.Files.Select(file => file.Path), archive.Entries.Select(entry => entry.FullName).Where(name => name != "plugin-package.json"));
        Assert.All(package.Files, file =>
        {
            using Stream content = archive.GetEntry(file.Path)!.Open();
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        });
    }

    [Fact]
    public void NuGet_reads_the_id_and_version_of_the_plugin()
    {
        using var folder = new TemporaryDirectory();
        using ZipArchive archive = ZipFile.OpenRead(Packed(folder));
        using Stream nuspec = archive.GetEntry("hello.nuspec")!.Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();

        Assert.Equal(["hello", "1.2.3", "A & B", "Hello"], ((string[])["id", "version", "authors", "description"]).Select(name => metadata.Elements().Single(element => element.Name.LocalName == name).Value));
    }

    [Fact]
    public void A_package_without_this_system_says_what_it_has()
    {
        using var folder = new TemporaryDirectory();
        using PluginPackage package = PluginPackage.Open(Packed(folder));

        var thrown = Assert.Throws<PackageSystemException>(() => package.FindSystem("win-arm64"));

        Assert.Equal("NP7107", thrown.Code);
        Assert.Contains(PluginPackage.CurrentSystem, thrown.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_that_a_feed_has_added_is_no_part_of_the_plugin()
    {
        using var folder = new TemporaryDirectory();
        List<RawEntry> entries = new TestPackage().ToEntries();
        entries.Add(new RawEntry(".signature.p7s", [1, 2, 3]));
        File.WriteAllBytes(folder["package"], new RawZip().Write(entries));

        using PluginPackage package = PluginPackage.Open(folder["package"]);

        package.Verify();
        Assert.DoesNotContain(package.Files, file => file.Path == ".signature.p7s");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_package_may_say_its_sizes_behind_the_data(bool hasSignature)
    {
        using var folder = new TemporaryDirectory();
        List<RawEntry> entries = new TestPackage().ToEntries();
        entries.ForEach(entry => entry.WithSizesBehind(hasSignature ? [0x50, 0x4B, 7, 8] : []));
        File.WriteAllBytes(folder["package"], new RawZip().Write(entries));

        using PluginPackage package = PluginPackage.Open(folder["package"]);

        package.Verify();
    }

    [Fact]
    public void A_limit_of_the_ratio_below_one_is_refused_where_it_is_set() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PluginPackageLimits { MaxRatio = 0 });

    [Fact]
    public void A_package_beyond_a_limit_of_the_caller_is_refused()
    {
        using var folder = new TemporaryDirectory();
        string path = Packed(folder);

        Assert.Throws<PackageLimitException>(() => PluginPackage.Open(path, new PluginPackageLimits { MaxUnpackedSize = 1000 }));
        Assert.Throws<PackageLimitException>(() => PluginPackage.Open(path, new PluginPackageLimits { MaxPackageSize = 1000 }));
        Assert.Throws<PackageLimitException>(() => PluginPackage.Open(path, new PluginPackageLimits { MaxFiles = 3 }));
    }

    [Fact]
    public void A_package_that_is_not_there_is_an_error_of_the_source()
    {
        using var folder = new TemporaryDirectory();

        Assert.Throws<PackageSourceException>(() => PluginPackage.Open(folder["absent"]));
        Assert.Throws<PackageSourceException>(() => PluginPackage.Open(folder.Path));
    }

    [Theory]
    [InlineData("1.0.0+build", "hello")]
    [InlineData("1.0.0-Beta", "hello")]
    [InlineData("1.0.0", "hel-.lo")]
    [InlineData("1.0.0", "hello-")]
    public void A_name_that_NuGet_would_take_for_another_is_not_packed(string version, string id)
    {
        using var folder = new TemporaryDirectory();
        var content = new PluginPackageContent { Folders = { Publish(folder, version, id) } };

        Assert.Throws<PackageContentException>(() => PluginPackageWriter.Write(content, folder["feed"]));
        Assert.False(Directory.Exists(folder["feed"]));
    }

    [Fact]
    public void A_library_that_would_not_load_is_not_packed()
    {
        using var folder = new TemporaryDirectory();
        string published = Publish(folder, "1.0.0");
        File.WriteAllBytes(Path.Combine(published, "libhello.so"), TestLibrary.NoPlugin);

        var thrown = Assert.Throws<PackageContentException>(() => PluginPackageWriter.Write(new PluginPackageContent { Folders = { published } }, folder["feed"]));

        Assert.Contains("NP2007", thrown.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_for_one_system_are_not_packed()
    {
        using var folder = new TemporaryDirectory();
        string published = Publish(folder, "1.0.0");

        Assert.Throws<PackageContentException>(() => PluginPackageWriter.Write(new PluginPackageContent { Folders = { published, published } }, folder["feed"]));
    }

    [Fact]
    public void Folders_for_two_systems_make_one_package_for_both()
    {
        using var folder = new TemporaryDirectory();
        string here = Publish(folder, "1.0.0"), there = Publish(folder, "1.0.0", name: "published elsewhere", rid: TestLibrary.OtherSystem);
        using PluginPackage package = PluginPackage.Open(PluginPackageWriter.Write(new PluginPackageContent { Folders = { here, there } }, folder["feed"]));

        Assert.Equal(((string[])[PluginPackage.CurrentSystem, TestLibrary.OtherSystem]).Order(StringComparer.Ordinal), package.Systems);
        Assert.Equal(TestLibrary.OtherSystem, package.GetManifest(TestLibrary.OtherSystem).Rid);
        package.Extract(PluginPackage.CurrentSystem, folder["here"]);
        package.Extract(TestLibrary.OtherSystem, folder["there"]);
        Assert.Equal(TestLibrary.Plugin, File.ReadAllBytes(folder["here/libhello.so"]));
        Assert.Equal(TestLibrary.PluginForOtherSystem, File.ReadAllBytes(folder["there/libhello.so"]));
    }

    [Fact]
    public void Folders_that_disagree_about_the_version_are_not_packed()
    {
        using var folder = new TemporaryDirectory();
        string here = Publish(folder, "1.0.0"), there = Publish(folder, "1.0.1", name: "published elsewhere", rid: TestLibrary.OtherSystem);

        var thrown = Assert.Throws<PackageContentException>(() => PluginPackageWriter.Write(new PluginPackageContent { Folders = { here, there } }, folder["feed"]));

        Assert.Contains("1.0.1", thrown.Found, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["feed"]));
    }

    internal static string Publish(TemporaryDirectory folder, string version, string id = "hello", string name = "published", string? rid = null)
    {
        var package = new TestPackage(id, version);
        rid ??= package.Rid;
        package.Add(rid, rid == package.Rid ? TestLibrary.Plugin : TestLibrary.PluginForOtherSystem);
        string published = folder[name], root = $"plugins/{rid}/";
        foreach ((string path, byte[] content) in package.Files.Where(file => file.Key.StartsWith(root, StringComparison.Ordinal)))
        {
            string target = Path.Combine(published, path[root.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        File.WriteAllText(Path.Combine(published, "libhello.so.dbg"), "symbols");
        return published;
    }

    private static string Packed(TemporaryDirectory folder) =>
        PluginPackageWriter.Write(new PluginPackageContent { Folders = { Publish(folder, "1.2.3") }, Authors = "A & B" }, folder["feed"]);

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
}
