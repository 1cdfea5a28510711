using NativePlugins.Binary.Model;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Staging;

/// <summary>A plugin whose files have passed every check that runs nothing of it.</summary>
/// <param name="File">Where it is installed.</param>
/// <param name="Binary">What is to be mapped: the installed library or its copy.</param>
/// <param name="Manifest">The manifest beside that, if there is one and it is read.</param>
/// <param name="Staged">The private copy, or null.</param>
internal sealed record VerifiedPlugin(ResolvedPlugin File, BinaryImage Binary, PluginManifest? Manifest, StagedPlugin? Staged);
