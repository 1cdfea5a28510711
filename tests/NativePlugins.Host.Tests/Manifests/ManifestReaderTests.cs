using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host.Manifests;
using Xunit;

namespace NativePlugins.Host.Tests.Manifests;

public sealed class ManifestReaderTests
{
    private const string Minimal =
        """{"manifestVersion":1,"id":"hello","name":"Hello","version":"1.0.0","abi":"1.0"}""";

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var manifest = new PluginManifest
        {
            Id = "hello",
            Name = "Hello, \"wörld\" \u001b[31m",
            Version = "1.2.3-rc.1",
            Abi = "1.0",
            Services = ["np.command/1", "x.y/2"],
            Language = "C#",
            Runtime = PluginRuntime.NativeAot,
            RuntimeVersion = "9.0.1",
            Rid = "linux-x64",
            Library = "libhello.so",
            Files = ["data/a.txt"],
        };
        var stream = new MemoryStream();
        manifest.WriteTo(stream);

        PluginManifest read = Parse(stream.ToArray());
        Assert.Equal(manifest.Services, read.Services);
        Assert.Equal(manifest.Files, read.Files);
        Assert.Equal(manifest, read with { Services = manifest.Services, Files = manifest.Files });
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("10E-1")]
    public void A_number_is_what_it_is_however_it_is_written(string version) =>
        Assert.Equal("hello", Parse(Minimal.Replace(":1,", $":{version},", StringComparison.Ordinal)).Id);

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("1e99", "1e99")]
    [InlineData("2147483648", "2147483648")]
    [InlineData("\"1\"", "a string")]
    public void What_is_no_version_is_shown_as_it_is_written(string version, string found)
    {
        PluginManifestException refusal = Assert.Throws<PluginManifestException>(() => Parse(Minimal.Replace(":1,", $":{version},", StringComparison.Ordinal)));

        Assert.Equal("manifestVersion as a whole number from 1", refusal.Expected);
        Assert.Equal(found, refusal.Found);
    }

    [Fact]
    public void Fields_of_a_newer_format_are_passed_over()
    {
        PluginManifest read = Parse(Minimal.Replace("{", """{"new":{"a":[1,{}]},""", StringComparison.Ordinal));

        Assert.Equal("hello", read.Id);
    }

    [Fact]
    public void A_manifest_of_the_five_fields_that_are_asked_for_agrees_with_every_library_of_that_id_name_version_and_abi()
    {
        ManifestCheck.Require(Parse(Minimal), Described, "libhello.so");
    }

    [Theory]
    [InlineData("language", "C++")]
    [InlineData("language", "")]
    [InlineData("runtime", "other")]
    [InlineData("runtimeVersion", "")]
    public void A_field_that_may_be_left_out_is_compared_where_it_is_there(string field, string value)
    {
        PluginManifest manifest = Parse(Minimal.Replace("}", $$""","{{field}}":"{{value}}"}""", StringComparison.Ordinal));

        var refusal = Assert.Throws<PluginManifestMismatchException>(() => ManifestCheck.Require(manifest, Described, "libhello.so"));
        Assert.StartsWith($"{field} '{value}'", refusal.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        Assert.Equal("hello", Parse("\uFEFF" + Minimal).Id);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "an object")]
    [InlineData("{}", "manifestVersion 1")]
    [InlineData("""{"manifestVersion":2}""", "manifestVersion 1")]
    [InlineData("""{"manifestVersion":1}""", "a field 'id'")]
    [InlineData("""{"manifestVersion":1,"id":"A B","name":"n","version":"1.0.0","abi":"1.0"}""", "an id of the form")]
    [InlineData("""{"manifestVersion":1,"id":"a","name":"n","version":"1","abi":"1.0"}""", "Semantic Versioning")]
    [InlineData("""{"manifestVersion":1,"id":"a","name":"n","version":"1.0.0","abi":"one"}""", "abi as major.minor")]
    [InlineData("""{"manifestVersion":1,"id":"a","id":"b"}""", "each field once")]
    [InlineData("""{"manifestVersion":1,"id":7}""", "id as a string")]
    [InlineData("""{"manifestVersion":1,"files":"x"}""", "files as an array of strings")]
    [InlineData("""{"manifestVersion":1,"id":"\ud800"}""", "text in UTF-8")]
    public void What_is_not_a_manifest_is_refused_with_what_was_expected(string json, string expected)
    {
        var refusal = Assert.Throws<PluginManifestException>(() => Parse(json));

        Assert.Contains(expected, refusal.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a\\\\b")]
    [InlineData("")]
    [InlineData("./a")]
    public void A_file_outside_the_plugins_directory_is_refused(string file)
    {
        string json = Minimal.Replace("}", $$""","files":["{{file}}"]}""", StringComparison.Ordinal);

        var refusal = Assert.Throws<PluginManifestException>(() => Parse(json));
        Assert.Contains("inside the plugin's directory", refusal.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damage_to_a_manifest_is_refused_with_the_one_exception()
    {
        byte[] good = Encoding.UTF8.GetBytes(Minimal);
        Prop.ForAll(
            ArbMap.Default.ArbFor<(int Position, byte Value)[]>(),
            changes =>
            {
                byte[] damaged = [.. good];
                foreach ((int position, byte value) in changes)
                {
                    damaged[(int)((uint)position % (uint)damaged.Length)] = value;
                }

                try
                {
                    Parse(damaged);
                }
                catch (PluginManifestException)
                {
                }
            }).QuickCheckThrowOnFailure();
    }

    private static PluginDescription Described { get; } =
        new("hello", "Hello", "1.0.0", new Version(1, 0), "C", PluginRuntime.NativeAot, "10.0.0", MayUnload: false);

    private static PluginManifest Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    private static PluginManifest Parse(byte[] json) => ManifestReader.Parse(json, "libhello.plugin.json");
}
