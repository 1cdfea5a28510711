using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NativePlugins.Repository.Tests.Architecture;

/// <summary>The files of types without code: Portable PDB, "Type Definition Documents".</summary>
internal static class TypeDocuments
{
    private static readonly Guid s_kind = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The tokens of types, each with one of its files.</summary>
    public static IReadOnlyList<(int Token, string Document)> Read(string symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        var reader = provider.GetMetadataReader();
        var found = new List<(int, string)>();
        foreach (var information in reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Where(item => reader.GetGuid(item.Kind) == s_kind))
        {
            var documents = reader.GetBlobReader(information.Value);
            while (documents.RemainingBytes > 0)
            {
                var document = reader.GetDocument(MetadataTokens.DocumentHandle(documents.ReadCompressedInteger()));
                found.Add((MetadataTokens.GetToken(information.Parent), reader.GetString(document.Name)));
            }
        }

        return found;
    }
}
