using NativePlugins.Binary;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Staging;

/// <summary>A plugin whose files have passed every check that runs none of its code.</summary>
/// <param name="File">Where it is installed.</param>
/// <param name="Binary">The library that is to be mapped: the installed one or its copy. In development, a managed assembly.</param>
/// <param name="Manifest">The manifest beside that library; null if there is none, or it is not read.</param>
/// <param name="Staged">The private copy, or null.</param>
internal sealed record VerifiedPlugin(ResolvedPlugin File, BinaryImage Binary, PluginManifest? Manifest, StagedPlugin? Staged)
{
    /// <summary>Whether it is a managed assembly, which only an application in development loads.</summary>
    public bool IsManaged => Binary.Kind == BinaryKind.ManagedAssembly;
}
