namespace NativePlugins.EndToEnd.Tests;

/// <summary>A private directory (mode 0700) that is gone after the test.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    public Scratch() => Root = Directory.CreateDirectory(Path.Combine(_parent, PathCases.Everything)).FullName;

    /// <summary>Its path has everything in it that makes paths difficult.</summary>
    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A directory inside, private as well.</summary>
    public string Folder(string name) =>
        Directory.CreateDirectory(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>A copy of a file, and of the manifest beside it if there is one.</summary>
    public string Copy(string file, string? name = null)
    {
        string copy = PathOf(name ?? Path.GetFileName(file));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
        string manifest = Path.ChangeExtension(file, ".plugin.json");
        if (File.Exists(manifest) && manifest != file)
        {
            File.Copy(manifest, Path.ChangeExtension(copy, ".plugin.json"));
        }

        return copy;
    }

    /// <summary>
    /// A copy of a fixture in C. Tests in this process take a copy each: a fixture keeps its host in static memory, and
    /// one that hangs stays mapped.
    /// </summary>
    public string Fixture(string name, string? fileName = null) => Copy(NativeFixtures.PathOf(name), fileName);

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
