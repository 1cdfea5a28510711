using System.Globalization;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Manifests;

/// <summary>Compares a library's description with the manifest beside it.</summary>
internal static class ManifestCheck
{
    /// <exception cref="PluginManifestMismatchException">They say different things.</exception>
    public static void Require(PluginManifest manifest, PluginDescription description, string path)
    {
        Compare("id", manifest.Id, description.Id);
        Compare("name", manifest.Name, description.Name);
        Compare("version", manifest.Version, description.Version);
        Compare("abi", manifest.Abi, description.AbiVersion.ToString(2));
        Compare("language", manifest.Language, description.Language, UnstatedFields.Language);
        Compare("runtime", PluginManifest.RuntimeName(manifest.Runtime), PluginManifest.RuntimeName(description.Runtime), UnstatedFields.Runtime);
        Compare("runtimeVersion", manifest.RuntimeVersion, description.RuntimeVersion, UnstatedFields.RuntimeVersion);

        void Compare(string field, string expected, string found, UnstatedFields optional = UnstatedFields.None)
        {
            if ((manifest.Unstated & optional) == 0 && !string.Equals(expected, found, StringComparison.Ordinal))
            {
                throw new PluginManifestMismatchException(new PluginFailure(
                    $"{UntrustedText.Quote(path)} disagrees with its manifest")
                {
                    Expected = string.Create(CultureInfo.InvariantCulture, $"{field} {UntrustedText.Quote(expected)}, as {UntrustedText.Escape(Path.GetFileName(PluginManifest.PathFor(path)))} says"),
                    Found = $"{field} {UntrustedText.Quote(found)}, as the library says",
                });
            }
        }
    }
}
