using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;

namespace NativePlugins.Contracts.Tasks;

/// <summary>The files that the generator has put into an assembly, one ContractFilesAttribute for each contract.</summary>
internal static class ContractFiles
{
    // ECMA-335, II.23.3: what a named argument begins with when it is a property, and when it is a string.
    private const byte Property = 0x54;
    private const byte Text = 0x0E;

    /// <summary>The attribute's properties, for each contract.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(Stream assembly) =>
        CompiledAttributes.Read<IReadOnlyDictionary<string, string>>(
            assembly, "NativePlugins.Contracts.Interop", "ContractFilesAttribute", static arguments => Properties(arguments));

    // The constructor has no arguments: the named ones, with their count before them, are all.
    private static Dictionary<string, string> Properties(BlobReader arguments)
    {
        var properties = new Dictionary<string, string>();
        int count = arguments.ReadUInt16();
        for (int i = 0; i < count && arguments.ReadByte() == Property && arguments.ReadByte() == Text; i++)
        {
            string name = arguments.ReadSerializedString() ?? "";
            properties[name] = arguments.ReadSerializedString() ?? "";
        }

        return properties;
    }
}
