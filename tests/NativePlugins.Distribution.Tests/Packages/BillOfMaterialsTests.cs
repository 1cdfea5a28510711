using System.Text.Json;

namespace NativePlugins.Distribution.Tests.Packages;

public class BillOfMaterialsTests
{
    [Fact]
    public void It_names_the_plugin_as_CycloneDX_has_it()
    {
        using var folder = new TemporaryDirectory();
        JsonElement bill = Read(folder);
        JsonElement plugin = bill.GetProperty("metadata").GetProperty("component");

        Assert.Equal(("CycloneDX", "1.6"), (bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString()));
        Assert.Equal(
            ["library", "hello", "1.2.3", "pkg:nuget/hello@1.2.3"],
            ((string[])["type", "name", "version", "purl"]).Select(name => plugin.GetProperty(name).GetString()));
        Assert.Equal("MIT", Assert.Single(plugin.GetProperty("licenses").EnumerateArray()).GetProperty("expression").GetString());
        Assert.Equal("Ada & Eve", Assert.Single(plugin.GetProperty("authors").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public void It_has_each_file_of_each_system_with_the_digest_that_the_package_states()
    {
        using var folder = new TemporaryDirectory();
        JsonElement bill = Read(folder);
        using PluginPackage package = PluginPackage.Open(folder["feed/hello.1.2.3.nupkg"]);
        JsonElement[] components = [.. bill.GetProperty("components").EnumerateArray()];

        Assert.Equal(
            package.Files.Where(file => file.Path.StartsWith("plugins/", StringComparison.Ordinal)).Select(file => (file.Path, file.Sha256)),
            components.Select(component => (component.GetProperty("bom-ref").GetString()!, Assert.Single(component.GetProperty("hashes").EnumerateArray()).GetProperty("content").GetString()!)));
        Assert.Equal(
            ((string[])[PluginPackage.CurrentSystem, TestLibrary.OtherSystem]).Order(StringComparer.Ordinal),
            components.Where(component => component.GetProperty("type").GetString() == "library").Select(component => Property(component, "native-plugins:rid")).Order(StringComparer.Ordinal));
        Assert.All(components, component => Assert.StartsWith($"plugins/{Property(component, "native-plugins:rid")}/", component.GetProperty("bom-ref").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_states_it_so_that_a_signature_covers_it()
    {
        using var folder = new TemporaryDirectory();
        Read(folder);
        using PluginPackage package = PluginPackage.Open(folder["feed/hello.1.2.3.nupkg"]);

        Assert.Single(package.Files, file => file.Path == "sbom.cdx.json");
    }

    private static string? Property(JsonElement component, string name) =>
        component.GetProperty("properties").EnumerateArray().Single(property => property.GetProperty("name").GetString() == name).GetProperty("value").GetString();

    /// <summary>Of a package for two systems.</summary>
    private static JsonElement Read(TemporaryDirectory folder)
    {
        var content = new PluginPackageContent
        {
            Folders = { PluginPackageTests.Publish(folder, "1.2.3"), PluginPackageTests.Publish(folder, "1.2.3", name: "elsewhere", rid: TestLibrary.OtherSystem) },
            Authors = "Ada & Eve", License = "MIT",
        };
        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.OpenRead(PluginPackageWriter.Write(content, folder["feed"]));
        using Stream bill = archive.GetEntry("sbom.cdx.json")!.Open();
        return JsonDocument.Parse(bill).RootElement;
    }
}
