using System.Text;

namespace NativePlugins.Binary.Model;

/// <summary>Looks for names in a list of all exported names, for formats without a table in which one name can be looked up.</summary>
internal static class ExportedNames
{
    /// <param name="image">What is known of the library.</param>
    /// <param name="names">All names that the library exports.</param>
    /// <param name="entry">The function to look for; null for none.</param>
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
