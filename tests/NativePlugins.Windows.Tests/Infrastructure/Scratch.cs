using NativePlugins.Host;
using NativePlugins.Tests;

namespace NativePlugins.Windows.Tests;

/// <summary>A directory of this user's own that is gone after the test.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("native plugins ").FullName;

    public Scratch(string? folder = null) => Root = Directory.CreateDirectory(Path.Combine(_parent, folder ?? PathCases.Everything)).FullName;

    /// <summary>Its path has everything in it that makes paths difficult, but for the length.</summary>
    public string Root { get; }

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Folder(params string[] parts) => Directory.CreateDirectory(PathOf(parts)).FullName;

    /// <summary>A copy of a plugin. Tests take one each: a fixture keeps its host in static memory.</summary>
    public string Copy(string plugin, params string[] parts)
    {
        string copy = parts.Length == 0 ? PathOf(plugin + ".dll") : PathOf(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Material.Plugin(plugin), copy);
        return copy;
    }

    public string Write(string name, params byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_parent, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A library that stays mapped, as one that hangs does, cannot be deleted. The directory is a temporary one.
        }
    }
}
