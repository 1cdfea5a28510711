using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NativePlugins.Host.Loading;

/// <summary>
/// One generation of a managed plugin: its assembly, and all that lies beside it. Only the framework is shared with the application, so
/// the plugin sees of it what a published library would see.
/// </summary>
/// <remarks>
/// Files are read, and not mapped, so a build can replace them at any time. As in a published library, Assembly.Location is empty.
/// </remarks>
[RequiresUnreferencedCode("Loads assemblies that trimming has not seen.")]
internal sealed class ManagedContext(string name, string directory) : AssemblyLoadContext(name, isCollectible: true)
{
    /// <summary>Reads an assembly, with its symbols if there are any beside it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is malformed.</exception>
    public Assembly Read(string path)
    {
        using var assembly = new MemoryStream(File.ReadAllBytes(path));
        string symbols = Path.ChangeExtension(path, ".pdb");
        using MemoryStream? pdb = File.Exists(symbols) ? new MemoryStream(File.ReadAllBytes(symbols)) : null;
        return LoadFromStream(assembly, pdb);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2046", Justification = "The class says it: its constructor cannot be called from trimmed code.")]
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(directory, assemblyName.CultureName ?? "", assemblyName.Name + ".dll");
        return File.Exists(path) ? Read(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (string file in (ReadOnlySpan<string>)[unmanagedDllName, $"lib{unmanagedDllName}.so", $"lib{unmanagedDllName}.dylib", $"{unmanagedDllName}.dll"])
        {
            string path = Path.Combine(directory, file);
            if (File.Exists(path))
            {
                return NativeLibrary.Load(path);
            }
        }

        return 0;
    }
}
