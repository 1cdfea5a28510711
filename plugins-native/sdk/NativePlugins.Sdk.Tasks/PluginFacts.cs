using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NativePlugins.Sdk.Tasks;

/// <summary>
/// What the generator wrote of the plugin into its assembly: AssemblyMetadata attributes whose keys begin with
/// "NativePlugins.". They come from the same model as the description that the library hands out.
/// </summary>
internal sealed class PluginFacts
{
    private const string Prefix = "NativePlugins.";

    private readonly Dictionary<string, string> _values;

    private PluginFacts(Dictionary<string, string> values) => _values = values;

    public bool IsPlugin => _values.ContainsKey("Id");

    public string this[string name] => _values.TryGetValue(name, out string? value) ? value : "";

    /// <summary>Reads a managed assembly without loading it.</summary>
    public static PluginFacts Read(Stream assembly)
    {
        using var file = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        MetadataReader reader = file.GetMetadataReader();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (IsAssemblyMetadata(reader, attribute))
            {
                BlobReader blob = reader.GetBlobReader(attribute.Value);
                _ = blob.ReadUInt16();
                string key = blob.ReadSerializedString() ?? "";
                if (key.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    values[key.Substring(Prefix.Length)] = blob.ReadSerializedString() ?? "";
                }
            }
        }

        return new PluginFacts(values);
    }

    private static bool IsAssemblyMetadata(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Name, "AssemblyMetadataAttribute")
            && reader.StringComparer.Equals(type.Namespace, "System.Reflection");
    }
}
