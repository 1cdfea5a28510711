using System.Text.Json;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>Installed plugins as JSON objects. JSON escapes what is untrusted.</summary>
internal static class InstalledJson
{
    public static void WriteMembers(Utf8JsonWriter writer, InstalledPlugin plugin)
    {
        writer.WriteString("id", plugin.Id);
        writer.WriteString("version", plugin.Version);
        writer.WriteString("previousVersion", plugin.PreviousVersion);
        writer.WriteString("rid", plugin.System);
        writer.WriteString("source", plugin.Source);
        writer.WriteString("packageSha256", plugin.PackageSha256);
        writer.WriteString("directory", plugin.Directory);
    }

    public static void WriteMembers(Utf8JsonWriter writer, PluginOffer offer)
    {
        writer.WriteString("id", offer.Id);
        writer.WriteString("version", offer.Version);
        writer.WriteString("installedVersion", offer.InstalledVersion);
        writer.WriteString("source", offer.Source);
    }

    public static void WriteMembers(Utf8JsonWriter writer, PluginDifference difference)
    {
        writer.WriteString("id", difference.Id);
        writer.WriteString("version", difference.Version);
        writer.WriteString("path", difference.Path);
        writer.WriteString("difference", NameOf(difference.Kind));
    }

    public static string NameOf(PluginDifferenceKind kind) => kind switch
    {
        PluginDifferenceKind.Missing => "missing",
        PluginDifferenceKind.Changed => "changed",
        PluginDifferenceKind.Added => "added",
        _ => "linked elsewhere",
    };
}
