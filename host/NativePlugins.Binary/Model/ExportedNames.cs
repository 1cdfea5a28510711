using System.Text;

namespace NativePlugins.Binary.Model;

/// <summary>Judges a list of exported names, where a format has no table to look one up in.</summary>
internal static class ExportedNames
{
    /// <param name="image">What is known of the library.</param>
    /// <param name="names">All that it exports.</param>
    /// <param name="entry">What is looked for among them; null for nothing.</param>
    public static BinaryImage Apply(BinaryImage image, List<string> names, BinaryEntryPoint? entry) => image with
    {
        ExportsEntry = entry is not null && names.Contains(entry.Name),
        OtherEntryVersions = entry is null ? [] :
        [
            .. names.Where(name => name != entry.Name && name.Length <= BinaryEntryPoint.MaxLength)
                .Select(name => entry.VersionOf(Encoding.UTF8.GetBytes(name))).OfType<uint>(),
        ],
        IsNativeAot = names.Contains(Encoding.UTF8.GetString(NativeAotMarker.Name)),
    };

    public static List<BinarySymbol> ToSymbols(List<string> names) =>
        names.ConvertAll(name => new BinarySymbol(name, null, false, null));
}
