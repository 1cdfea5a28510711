using System.Text.Json;
using NativePlugins.Binary.Model;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Packages;

/// <summary>
/// The package's software bill of materials, in the JSON of CycloneDX 1.6 (ECMA-424, https://cyclonedx.org/docs/1.6/json/): the plugin, and each of its
/// files for each system. Time and serial number, which are optional, are left out, so that the same files make the same bytes.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>As CycloneDX recommends for its JSON.</summary>
    public const string FileName = "sbom.cdx.json";

    private const string PropertyPrefix = "native-plugins:";

    /// <param name="content">What the package is made of.</param>
    /// <param name="manifests">One a system; at least one.</param>
    /// <param name="files">The package's files, by their paths.</param>
    public static byte[] Write(PluginPackageContent content, IReadOnlyList<PluginManifest> manifests, SortedDictionary<string, byte[]> files)
    {
        PluginManifest plugin = manifests[0];
        string root = $"pkg:nuget/{plugin.Id}@{plugin.Version}";
        KeyValuePair<string, byte[]>[] parts = [.. files.Where(file => file.Key.StartsWith(PluginFolder.Root, StringComparison.Ordinal))];
        return JsonFields.Write(writer =>
        {
            writer.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            writer.WriteString("bomFormat", "CycloneDX");
            writer.WriteString("specVersion", "1.6");
            writer.WriteNumber("version", 1);
            writer.WriteStartObject("metadata");
            writer.WriteStartObject("component");
            WritePlugin(writer, plugin, root, content);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteObjects("components", parts, (_, file) => WriteFile(writer, file, manifests));
            writer.WriteStartArray("dependencies");
            writer.WriteStartObject();
            writer.WriteString("ref", root);
            writer.WriteTexts("dependsOn", parts.Select(file => file.Key));
            writer.WriteEndObject();
            writer.WriteEndArray();
        });
    }

    private static void WritePlugin(Utf8JsonWriter writer, PluginManifest plugin, string root, PluginPackageContent content)
    {
        writer.WriteString("type", "library");
        writer.WriteString("bom-ref", root);
        if (content.Authors is { } authors)
        {
            writer.WriteObjects("authors", [authors], static (writer, name) => writer.WriteString("name", name));
        }

        writer.WriteString("name", plugin.Id);
        writer.WriteString("version", plugin.Version);
        writer.WriteString("description", content.Description ?? plugin.Name);
        if (content.License is { } license)
        {
            writer.WriteObjects("licenses", [license], static (writer, expression) => writer.WriteString("expression", expression));
        }

        writer.WriteString("purl", root);
        WriteProperties(writer, [("abi", plugin.Abi), .. plugin.Services.Select(service => ("service", service))]);
    }

    private static void WriteFile(Utf8JsonWriter writer, KeyValuePair<string, byte[]> file, IReadOnlyList<PluginManifest> manifests)
    {
        string rid = file.Key.Split('/')[1], path = file.Key[(PluginFolder.Root.Length + rid.Length + 1)..];
        PluginManifest manifest = manifests.First(manifest => manifest.Rid == rid);
        writer.WriteString("type", BinaryMagic.Identify(file.Value) is null ? "file" : "library");
        writer.WriteString("bom-ref", file.Key);
        writer.WriteString("name", path);
        if (path == manifest.Library)
        {
            writer.WriteString("version", manifest.Version);
        }

        writer.WriteObjects("hashes", [PackageFiles.Digest(file.Value)], static (writer, digest) =>
        {
            writer.WriteString("alg", "SHA-256");
            writer.WriteString("content", digest);
        });
        WriteProperties(writer, path == manifest.Library
            ? [("rid", rid), ("language", manifest.Language), ("runtime", PluginManifest.RuntimeName(manifest.Runtime)), ("runtimeVersion", manifest.RuntimeVersion)]
            : [("rid", rid)]);
    }

    private static void WriteProperties(Utf8JsonWriter writer, IEnumerable<(string Name, string Value)> properties) => writer.WriteObjects(
        "properties",
        properties.Where(property => property.Value.Length != 0),
        static (writer, property) =>
        {
            writer.WriteString("name", PropertyPrefix + property.Name);
            writer.WriteString("value", property.Value);
        });
}
