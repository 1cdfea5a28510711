using System.Collections;
using System.Text.Json;
using Microsoft.Build.Framework;
using NativePlugins.Sdk.Tasks;
using NativePlugins.Sdk.Tests.Generation;

namespace NativePlugins.Sdk.Tests.Manifest;

public sealed class WritePluginManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-manifest-").FullName;
    private readonly Engine _engine = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_manifest_says_what_the_description_says()
    {
        Assert.True(Write("[NativePlugins.Sdk.Plugin(\"abc\", Name = \"A \\\"b\\\" \\\\ \\u0001 ✓ 😀\", Version = \"1.2.3-x\")] class A : NativePlugins.Sdk.ICommand { public int Run(NativePlugins.Sdk.CommandContext c) => 0; }"));

        JsonElement manifest = Manifest;
        Assert.Equal(
            ["manifestVersion", "id", "name", "version", "abi", "services", "language", "runtime", "runtimeVersion", "rid", "library", "files"],
            manifest.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, manifest.GetProperty("manifestVersion").GetInt32());
        Assert.Equal("abc", Text("id"));
        Assert.Equal("A \"b\" \\ \u0001 ✓ 😀", Text("name"));
        Assert.Equal("1.2.3-x", Text("version"));
        Assert.Equal("1.0", Text("abi"));
        Assert.Equal(["np.command/1", "np.memory/1"], manifest.GetProperty("services").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(("C#", "nativeaot", PluginCompilation.RuntimeVersion), (Text("language"), Text("runtime"), Text("runtimeVersion")));
        Assert.Equal(("linux-x64", "libabc.so"), (Text("rid"), Text("library")));
        Assert.Equal(["data/a.txt", "z.so"], manifest.GetProperty("files").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public void The_schema_and_the_table_have_the_fields_that_are_written()
    {
        Assert.True(Write("[NativePlugins.Sdk.Plugin(\"abc\", Version = \"1.0.0\")] class A;"));
        string[] written = [.. Manifest.EnumerateObject().Select(property => property.Name)];

        JsonElement schema = JsonDocument.Parse(TestCompilation.Resource("manifest.schema.json")).RootElement;
        Assert.Equal(written, schema.GetProperty("required").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(written, schema.GetProperty("properties").EnumerateObject().Select(property => property.Name));

        var rows = TestCompilation.Resource("manifest.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(written, rows.Select(row => row.Split('`')[1]));
    }

    [Fact]
    public void A_plugin_without_services_of_its_own_gives_memory_back()
    {
        Assert.True(Write("[NativePlugins.Sdk.Plugin(\"abc\", Version = \"1.0.0\")] class A;"));

        Assert.Equal("np.memory/1", Assert.Single(Manifest.GetProperty("services").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_publish_without_a_library_is_an_error()
    {
        Assert.False(Write("[NativePlugins.Sdk.Plugin(\"abc\", Version = \"1.0.0\")] class A;", library: false));

        Assert.Equal("NPS101", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void An_assembly_without_a_plugin_class_is_an_error()
    {
        Assert.False(Write("class A;"));

        Assert.Equal("NPS102", Assert.Single(_engine.Errors).Code);
        Assert.False(File.Exists(Path.Combine(_folder, "libabc.plugin.json")));
    }

    private JsonElement Manifest =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "libabc.plugin.json"))).RootElement;

    private string? Text(string property) => Manifest.GetProperty(property).GetString();

    private bool Write(string source, bool library = true)
    {
        string assembly = Path.Combine(_folder, "libabc.dll");
        File.WriteAllBytes(assembly, PluginCompilation.Emit(source));
        if (library)
        {
            File.WriteAllText(Path.Combine(_folder, "libabc.so"), "");
        }

        return new WritePluginManifest
        {
            BuildEngine = _engine,
            Assembly = assembly,
            Abi = "1.0",
            RuntimeIdentifier = "linux-x64",
            Library = Path.Combine(_folder, "libabc.so"),
            Files = [new Item("z.so"), new Item("data\\a.txt"), new Item("z.so")],
            Manifest = Path.Combine(_folder, "libabc.plugin.json"),
        }.Execute();
    }

    private sealed class Item(string spec) : ITaskItem
    {
        public string ItemSpec { get; set; } = spec;

        public ICollection MetadataNames => Array.Empty<string>();

        public int MetadataCount => 0;

        public IDictionary CloneCustomMetadata() => new Hashtable();

        public void CopyMetadataTo(ITaskItem destinationItem)
        {
        }

        public string GetMetadata(string metadataName) => "";

        public void RemoveMetadata(string metadataName)
        {
        }

        public void SetMetadata(string metadataName, string metadataValue)
        {
        }
    }

    private sealed class Engine : IBuildEngine
    {
        public List<BuildErrorEventArgs> Errors { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "plugin.csproj";

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogWarningEvent(BuildWarningEventArgs e)
        {
        }
    }
}
