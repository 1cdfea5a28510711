using NativePlugins.Binary.Files;

namespace NativePlugins.Tests;

/// <summary>A real, private directory (mode 0755) that is deleted with its content.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _parent;

    public TemporaryDirectory()
    {
        FileSystem.Current.GetRealPath(Directory.CreateTempSubdirectory("native-plugins-tests-").FullName, out _parent);
        SetMode(_parent, "755");
        Path = Directory.CreateDirectory(System.IO.Path.Combine(_parent, PathCases.Everything)).FullName;
    }

    /// <summary>It has everything in it that makes paths difficult.</summary>
    public string Path { get; }

    public static void SetMode(string path, string octal) => File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));

    public string this[string relative] => System.IO.Path.Join(Path, relative);

    public string CreateDirectory(string relative)
    {
        string path = Directory.CreateDirectory(this[relative]).FullName;
        SetMode(path, "755");
        return path;
    }

    public string WriteFile(string relative, params ReadOnlySpan<byte> content)
    {
        string path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        SetMode(path, "644");
        return path;
    }

    public string Link(string relative, string target)
    {
        File.CreateSymbolicLink(this[relative], target);
        return this[relative];
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
