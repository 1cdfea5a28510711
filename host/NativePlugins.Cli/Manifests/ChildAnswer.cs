using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>What the child process said of the plugin.</summary>
/// <param name="LibraryPath">The library's real path.</param>
/// <param name="Manifest">What the library says of itself.</param>
internal sealed record ChildAnswer(string LibraryPath, PluginManifest Manifest)
{
    /// <summary>Reads the child's JSON; throws the error that stands in it.</summary>
    public static ChildAnswer Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("error", out JsonElement error))
        {
            throw new CliException(ErrorReport.Read(error));
        }

        string path = Text(root, "path");
        return new ChildAnswer(path, new PluginManifest
        {
            Id = Text(root, "id"),
            Name = Text(root, "name"),
            Version = Text(root, "version"),
            Abi = Text(root, "abi"),
            Services = [.. root.GetProperty("services").EnumerateArray().Select(id => id.GetString()!)],
            Language = Text(root, "language"),
            Runtime = (PluginRuntime)root.GetProperty("runtime").GetInt32(),
            RuntimeVersion = Text(root, "runtimeVersion"),
            Rid = PortableRid.Current,
            Library = Path.GetFileName(path),
        });
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
