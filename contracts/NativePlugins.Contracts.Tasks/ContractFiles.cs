using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NativePlugins.Contracts.Tasks;

/// <summary>The files that the generator has put into an assembly, one ContractFilesAttribute for each contract.</summary>
internal static class ContractFiles
{
    private const byte Property = 0x54;
    private const byte Text = 0x0E;

    /// <summary>The attribute's properties, for each contract. The assembly is not loaded.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(Stream assembly)
    {
        using var file = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        MetadataReader reader = file.GetMetadataReader();
        foreach (CustomAttributeHandle handle in reader.CustomAttributes)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (IsContractFiles(reader, attribute))
            {
                yield return Properties(reader.GetBlobReader(attribute.Value));
            }
        }
    }

    // ECMA-335, II.23.3: a prolog, no arguments of the constructor, and the named ones.
    private static Dictionary<string, string> Properties(BlobReader blob)
    {
        var properties = new Dictionary<string, string>();
        _ = blob.ReadUInt16();
        int count = blob.ReadUInt16();
        for (int i = 0; i < count && blob.ReadByte() == Property && blob.ReadByte() == Text; i++)
        {
            string name = blob.ReadSerializedString() ?? "";
            properties[name] = blob.ReadSerializedString() ?? "";
        }

        return properties;
    }

    private static bool IsContractFiles(MetadataReader reader, CustomAttribute attribute)
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
        return reader.StringComparer.Equals(type.Name, "ContractFilesAttribute")
            && reader.StringComparer.Equals(type.Namespace, "NativePlugins.Contracts.Interop");
    }
}
