using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace NativePlugins.Outside.Tests;

/// <summary>What is in the packages.</summary>
public class PackageTests
{
    private static readonly string[] s_libraries = ["NativePlugins.Abi", "NativePlugins.Binary", "NativePlugins.Contracts", "NativePlugins.Distribution", "NativePlugins.Extensions.Hosting", "NativePlugins.Host", "NativePlugins.Sdk", "NativePlugins.Testing"];

    // What each package makes its consumers install. A new line here needs a reason.
    private static readonly Dictionary<string, string[]> s_dependencies = new(StringComparer.Ordinal)
    {
        ["NativePlugins.Abi"] = [],
        ["NativePlugins.Binary"] = [],
        ["NativePlugins.Host"] = ["NativePlugins.Abi", "NativePlugins.Binary", "NativePlugins.Contracts", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["NativePlugins.Distribution"] = ["BouncyCastle.Cryptography", "NativePlugins.Binary", "NativePlugins.Host", "System.IO.Hashing"],
        ["NativePlugins.Extensions.Hosting"] =
        [
            "NativePlugins.Host", "Microsoft.Extensions.Configuration.Binder", "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options.ConfigurationExtensions",
        ],
        ["NativePlugins.Contracts"] = ["NativePlugins.Abi"],
        ["NativePlugins.Sdk"] = ["NativePlugins.Abi", "NativePlugins.Contracts"],
        ["NativePlugins.Testing"] = ["NativePlugins.Sdk"],
        ["NativePlugins.Templates"] = [],
        ["NativePlugins.Tool"] = [],
    };

    public static TheoryData<string> All => [.. Directory.GetFiles(PackedFeed.Folder, "*.nupkg").Select(IdOf)];

    public static TheoryData<string> Libraries => [.. s_libraries];

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is_under_which_licence_and_of_which_commit(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id));
        XElement metadata = Metadata(package);

        Assert.Equal(PackedFeed.Version, Value(metadata, "version"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.NotEmpty(Value(metadata, "description")!);
        Assert.Matches("^[0-9a-f]{40}$", Child(metadata, "repository")?.Attribute("commit")?.Value);
        Assert.All((string[])["README.md", "LICENSE"], file => Assert.NotNull(package.GetEntry(file)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_asks_for_what_its_consumers_need_and_no_more(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id));
        var groups = Metadata(package).Descendants().Where(element => element.Name.LocalName == "group").ToList();

        foreach (var dependencies in groups.Select(group => group.Elements().Select(dependency => dependency.Attribute("id")!.Value)).DefaultIfEmpty([]))
        {
            Assert.Equal(s_dependencies.GetValueOrDefault(id, []).Order(StringComparer.Ordinal), dependencies.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_host_asks_for_the_binary_reader_of_its_own_version_and_no_other()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf("NativePlugins.Host"));
        string[] versions = [.. Metadata(package).Descendants()
            .Where(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == "NativePlugins.Binary")
            .Select(dependency => dependency.Attribute("version")!.Value)];

        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Equal($"[{PackedFeed.Version}]", version));
    }

    [LinuxTheory]
    [InlineData("NativePlugins.Host", "")]
    [InlineData("NativePlugins.Tool", "tools/net10.0/any/")]
    public void What_hands_signals_to_libraries_comes_with_the_host_and_the_tool(string id, string folder)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id));

        Assert.NotNull(package.GetEntry($"{folder}runtimes/{Platform.Rid}/native/libnative_plugins_signals.so"));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation_and_its_symbols_for_each_framework(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id)), symbols = ZipFile.OpenRead(PackedFeed.PathOf(id, "snupkg"));
        foreach (string framework in (string[])["net10.0", "net9.0"])
        {
            Assert.NotNull(package.GetEntry($"lib/{framework}/{id}.dll"));
            Assert.NotNull(package.GetEntry($"lib/{framework}/{id}.xml"));
            Assert.NotNull(symbols.GetEntry($"lib/{framework}/{id}.pdb"));
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_built_so_that_its_sources_are_found_and_its_bytes_repeat(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id)), symbols = ZipFile.OpenRead(PackedFeed.PathOf(id, "snupkg"));
        using var assembly = new PEReader(Copy(package, $"lib/net10.0/{id}.dll"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(Copy(symbols, $"lib/net10.0/{id}.pdb"));
        MetadataReader pdb = provider.GetMetadataReader();
        string[] documents = [.. pdb.Documents.Select(handle => pdb.GetString(pdb.GetDocument(handle).Name))];

        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_", document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_SDK_has_its_parts_where_MSBuild_and_the_compiler_look_and_imports_nothing_by_itself()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf("NativePlugins.Sdk"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.Superset(
            new HashSet<string>
            {
                "Sdk/Sdk.props", "Sdk/Sdk.targets", "Sdk/Version.props", "Sdk/FromPackage.targets",
                "analyzers/dotnet/cs/NativePlugins.Sdk.Generators.dll", "tools/NativePlugins.Sdk.Tasks.dll",
            },
            files.ToHashSet());
        Assert.DoesNotContain("Sdk/FromSource.targets", files);
        Assert.DoesNotContain(files, file => file.StartsWith("build", StringComparison.Ordinal));
    }

    private static string IdOf(string path) => Path.GetFileName(path)[..^$".{PackedFeed.Version}.nupkg".Length];

    private static XElement Metadata(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static XElement? Child(XElement parent, string name) => parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string? Value(XElement parent, string name) => Child(parent, name)?.Value;

    private static MemoryStream Copy(ZipArchive archive, string entry)
    {
        var bytes = new MemoryStream();
        using Stream stream = archive.GetEntry(entry)!.Open();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }
}
