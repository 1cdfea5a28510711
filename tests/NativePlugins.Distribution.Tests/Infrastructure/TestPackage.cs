using System.Text;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Tests;

/// <summary>The files of a package, to be changed before they are packed. As they are made here, they are a good package.</summary>
internal sealed class TestPackage
{
    public const string DefaultId = "hello";

    public TestPackage(string id = DefaultId, string version = "1.0.0")
    {
        Id = id;
        Version = version;
        Add(PluginPackage.CurrentSystem, TestLibrary.Plugin);
        Files[Nuspec.NameFor(id)] = Encoding.UTF8.GetBytes("<package />");
    }

    public string Id { get; set; }

    public string Version { get; set; }

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public string Rid { get; } = PluginPackage.CurrentSystem;

    public string Library => LibraryIn(Rid);

    public string Manifest => ManifestIn(Rid);

    /// <summary>Adds the plugin for a system, with a file of data that tells its version.</summary>
    public TestPackage Add(string rid, byte[] library, Func<PluginManifest, PluginManifest>? change = null)
    {
        Files[LibraryIn(rid)] = library;
        Files[$"plugins/{rid}/data/version.txt"] = Encoding.UTF8.GetBytes(Version);
        var manifest = new PluginManifest
        {
            Id = Id, Name = "Hello", Version = Version, Abi = "1.0", Services = ["np.command/1"], Language = "C", Runtime = PluginRuntime.None,
            Rid = rid, Library = Path.GetFileName(LibraryIn(rid)), Files = ["data/version.txt"],
        };
        using var json = new MemoryStream();
        (change?.Invoke(manifest) ?? manifest).WriteTo(json);
        Files[ManifestIn(rid)] = json.ToArray();
        return this;
    }

    public TestPackage With(string path, string content)
    {
        Files[path] = Encoding.UTF8.GetBytes(content);
        return this;
    }

    public TestPackage Change(Func<PluginManifest, PluginManifest> change) => Add(Rid, TestLibrary.Plugin, change);

    /// <summary>The package, as the library writes it.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        PackageFiles.Write(stream, Id, Version, Files);
        return stream.ToArray();
    }

    /// <summary>The same files, the statement first, to be made into an archive by hand.</summary>
    public List<RawEntry> ToEntries(Func<byte[], byte[]>? changeStatement = null)
    {
        byte[] statement = new PackageStatement(1, Id, Version, [.. Files.Select(file => new PluginPackageFile(file.Key, file.Value.Length, PackageFiles.Digest(file.Value)))]).ToJson();
        return [new RawEntry(PackageStatement.FileName, changeStatement?.Invoke(statement) ?? statement), .. Files.Select(file => new RawEntry(file.Key, file.Value))];
    }

    /// <summary>Writes the package into a folder feed.</summary>
    public string WriteTo(string feed)
    {
        string path = Path.Combine(Directory.CreateDirectory(feed).FullName, $"{Id}.{Version}.nupkg");
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    private string LibraryIn(string rid) => $"plugins/{rid}/{RuntimeIds.PrefixOf(rid)}{Id}{RuntimeIds.ExtensionOf(rid)}";

    private string ManifestIn(string rid) => $"plugins/{rid}/{RuntimeIds.PrefixOf(rid)}{Id}.plugin.json";
}
