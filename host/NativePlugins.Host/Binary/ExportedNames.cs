using System.Text;

namespace NativePlugins.Host;

/// <summary>Judges a list of exported names, where a format has no table to look one up in.</summary>
internal static class ExportedNames
{
    public static BinaryImage Apply(BinaryImage image, List<string> names)
    {
        var versions = new List<uint>();
        foreach (string name in names)
        {
            if (name.Length < 64 && PluginEntryPoint.VersionOf(Encoding.UTF8.GetBytes(name)) is { } version)
            {
                versions.Add(version);
            }
        }

        return image with
        {
            ExportsEntry = versions.Remove(PluginEntryPoint.MajorVersion),
            OtherEntryVersions = versions,
            IsNativeAot = names.Contains(Encoding.UTF8.GetString(PluginEntryPoint.NativeAotMarker)),
        };
    }

    public static List<BinarySymbol> ToSymbols(List<string> names) =>
        names.ConvertAll(name => new BinarySymbol(name, null, false, null));
}
