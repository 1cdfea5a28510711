using System.Text.Json;

namespace NativePlugins.Distribution.Packages;

/// <summary>A file of a package, as the statement and the lock file have it.</summary>
internal static class PluginPackageFileJson
{
    public static PluginPackageFile Read(JsonElement file) => new(file.Text("path"), file.Number("size"), file.Text("sha256"));

    public static void Write(Utf8JsonWriter writer, PluginPackageFile file)
    {
        writer.WriteString("path", file.Path);
        writer.WriteNumber("size", file.Size);
        writer.WriteString("sha256", file.Sha256);
    }
}
