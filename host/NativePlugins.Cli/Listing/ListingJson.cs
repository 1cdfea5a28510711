using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>One plugin of the list as a JSON object. JSON escapes what is untrusted.</summary>
internal static class ListingJson
{
    public static void WriteMembers(Utf8JsonWriter writer, PluginListing listing)
    {
        PluginManifest? manifest = listing.Manifest;
        writer.WriteString("id", manifest?.Id ?? listing.Stem);
        writer.WriteString("name", manifest?.Name);
        writer.WriteString("version", manifest?.Version);
        writer.WriteString("abi", manifest?.Abi);
        writer.WriteString("language", manifest?.Language);
        writer.WriteString("runtime", manifest is null ? null : NameOf(manifest.Runtime));
        writer.WriteString("runtimeVersion", manifest?.RuntimeVersion);
        writer.WriteString("rid", manifest?.Rid);
        writer.WriteArray("services", manifest?.Services ?? []);
        writer.WriteArray("files", manifest?.Files ?? []);
        writer.WriteString("path", listing.Path);
        writer.WriteString("stem", listing.Stem);
        writer.WriteBoolean("hasManifest", manifest is not null);
        writer.WriteBoolean("loadable", listing.IsLoadable);
        writer.WriteString("shadowedBy", listing.ShadowedBy);
        if (listing.Refusal is not null)
        {
            ErrorReport.From(listing.Refusal).WriteAsMember(writer, "error");
        }
    }

    private static string NameOf(PluginRuntime runtime) => runtime switch
    {
        PluginRuntime.None => "none",
        PluginRuntime.NativeAot => "nativeaot",
        _ => "other",
    };
}
