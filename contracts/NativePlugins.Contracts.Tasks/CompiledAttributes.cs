using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NativePlugins.Contracts.Tasks;

/// <summary>
/// The attributes in a compiled assembly, which is read and not loaded: it may need assemblies that the build's process does not
/// have. The SDK's build step is compiled with this file too.
/// </summary>
internal static class CompiledAttributes
{
    /// <summary>Each attribute of a type, whatever it stands on, in the order of the assembly's table.</summary>
    /// <param name="assembly">The file; it stays open.</param>
    /// <param name="typeNamespace">The namespace of the attribute's type, which another assembly declares.</param>
    /// <param name="typeName">Its name.</param>
    /// <param name="read">Reads the arguments, as ECMA-335, II.23.3 lays them out behind the prolog.</param>
    public static IReadOnlyList<T> Read<T>(Stream assembly, string typeNamespace, string typeName, Func<BlobReader, T> read)
    {
        using var file = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        MetadataReader reader = file.GetMetadataReader();
        var found = new List<T>();
        foreach (CustomAttributeHandle handle in reader.CustomAttributes)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (IsOf(reader, attribute, typeNamespace, typeName))
            {
                BlobReader arguments = reader.GetBlobReader(attribute.Value);
                _ = arguments.ReadUInt16();
                found.Add(read(arguments));
            }
        }

        return found;
    }

    private static bool IsOf(MetadataReader reader, CustomAttribute attribute, string typeNamespace, string typeName)
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
        return reader.StringComparer.Equals(type.Name, typeName) && reader.StringComparer.Equals(type.Namespace, typeNamespace);
    }
}
