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

    /// <summary>A copy of a plugin in C# with the manifest that its build wrote.</summary>
    public string Install(string plugin)
    {
        string library = Copy(plugin);
        File.Copy(Path.ChangeExtension(Material.Plugin(plugin), ".plugin.json"), Path.ChangeExtension(library, ".plugin.json"));
        return library;
    }

    /// <summary>
    /// Writes another plugin and its manifest over an installed one. Nobody can write a file that the host just reads, so this tries again, as
    /// builds do.
    /// </summary>
    public static void Replace(string library, string plugin)
    {
        Overwrite(Path.ChangeExtension(library, ".plugin.json"), Path.ChangeExtension(Material.Plugin(plugin), ".plugin.json"));
        Overwrite(library, Material.Plugin(plugin));
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

    private static void Overwrite(string file, string source)
    {
        long limit = Environment.TickCount64 + 20_000;
        while (true)
        {
            try
            {
                File.Copy(source, file, overwrite: true);
                return;
            }
            catch (IOException) when (Environment.TickCount64 < limit)
            {
                Thread.Sleep(1);
            }
        }
    }
}
