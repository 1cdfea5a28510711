using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Distribution.Tests.Packages;

/// <summary>Each hostile package is refused for its own reason, and writes nothing outside of the folder that it is unpacked into.</summary>
public class HostilePackageTests
{
    public static TheoryData<string> Hostile => [.. HostilePackage.All.Keys];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_package_is_refused_that(string does)
    {
        using var folder = new TemporaryDirectory();
        (Type refusal, string words, Func<byte[]> make) = HostilePackage.All[does];
        File.WriteAllBytes(folder["package"], make());
        string[] before = Snapshot(folder.Path);

        var thrown = (PluginException?)Record.Exception(() =>
        {
            using PluginPackage package = PluginPackage.Open(folder["package"]);
            package.Extract(package.Systems[0], folder["staging"]);
        });

        Assert.IsType(refusal, thrown);
        Assert.Contains(words, $"{thrown!.Expected}: {thrown.Found}", StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(folder.Path).Where(entry => !entry.StartsWith("staging/", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_refusals_show_of_a_package_has_no_control_characters()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["package"], HostilePackage.All["has a line feed in its name"].Make());

        var thrown = Assert.ThrowsAny<PluginException>(() => PluginPackage.Open(folder["package"]));

        Assert.Contains("\\u000A", thrown.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_of_one_byte_gets_other_content_out_of_a_package()
    {
        using var folder = new TemporaryDirectory();
        byte[] good = new TestPackage().ToBytes();
        Prop.ForAll<int, byte>((at, value) =>
        {
            byte[] changed = (byte[])good.Clone();
            changed[(int)((uint)at * 2654435761UL % (ulong)good.Length)] = value;
            return AreContentsKept(folder, changed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>Every file, directory and link below, with its digest or target.</summary>
    private static string[] Snapshot(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(entry => Describe(folder, new FileInfo(entry))).Order(StringComparer.Ordinal)];

    private static string Describe(string folder, FileInfo entry)
    {
        string name = Path.GetRelativePath(folder, entry.FullName);
        return entry.LinkTarget is { } target ? $"{name} -> {target}"
            : entry.Exists ? $"{name} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName)))}" : $"{name}/";
    }

    /// <summary>Whatever is there is refused with an error of ours, or it is what was packed.</summary>
    private static bool AreContentsKept(TemporaryDirectory folder, byte[] bytes)
    {
        string path = folder["changed"], staging = folder["unpacked"];
        File.WriteAllBytes(path, bytes);
        try
        {
            using PluginPackage package = PluginPackage.Open(path);
            package.Extract(package.Systems[0], staging);
            return File.ReadAllBytes(Path.Combine(staging, $"lib{TestPackage.DefaultId}.so")).AsSpan().SequenceEqual(TestLibrary.Plugin);
        }
        catch (PluginException)
        {
            return true;
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }
}
