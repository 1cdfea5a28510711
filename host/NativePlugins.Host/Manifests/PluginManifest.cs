using System.Text.Json;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Host;

/// <summary>
/// The content of <c>libX.plugin.json</c> beside a library: what the library says about itself, readable without running code. The format
/// is described in docs/manifest.md.
/// </summary>
public sealed record PluginManifest
{
    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const int MaxSize = 256 * 1024;

    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The plugin's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin's version.</summary>
    public required string Version { get; init; }

    /// <summary>The version of the ABI, <c>major.minor</c>.</summary>
    public required string Abi { get; init; }

    /// <summary>The ids of the services that it offers, for example <c>np.command/1</c>.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The programming language; may be empty.</summary>
    public string Language { get; init; } = "";

    /// <summary>What the library brings into the process.</summary>
    public PluginRuntime Runtime { get; init; } = PluginRuntime.Other;

    /// <summary>The version of that runtime; may be empty.</summary>
    public string RuntimeVersion { get; init; } = "";

    /// <summary>The runtime identifier that the library was built for, for example <c>linux-x64</c>; may be empty.</summary>
    public string Rid { get; init; } = "";

    /// <summary>The library's file name.</summary>
    public string Library { get; init; } = "";

    /// <summary>Further files that belong to the plugin, relative to the manifest.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The fields that a manifest leaves out although libraries state them. In these it never disagrees with its library.</summary>
    internal UnstatedFields Unstated { get; init; }

    /// <summary>The path of the manifest that belongs to a library: the library's path with its last extension replaced.</summary>
    public static string PathFor(string libraryPath) => Path.ChangeExtension(libraryPath, ".plugin.json");

    /// <summary>Reads the manifest beside a library; null if there is none.</summary>
    /// <exception cref="PluginManifestException">It exists, but is not a manifest.</exception>
    /// <exception cref="PluginFileAccessException">It exists, but cannot be read.</exception>
    public static PluginManifest? ReadFor(string libraryPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(libraryPath);
        return ManifestReader.Read(PathFor(libraryPath));
    }

    /// <summary>Writes the manifest as indented JSON.</summary>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("manifestVersion", FormatVersion);
        writer.WriteString("id", Id);
        writer.WriteString("name", Name);
        writer.WriteString("version", Version);
        writer.WriteString("abi", Abi);
        WriteArray(writer, "services", Services);
        writer.WriteString("language", Language);
        writer.WriteString("runtime", RuntimeName(Runtime));
        writer.WriteString("runtimeVersion", RuntimeVersion);
        writer.WriteString("rid", Rid);
        writer.WriteString("library", Library);
        WriteArray(writer, "files", Files);
        writer.WriteEndObject();
    }

    internal static string RuntimeName(PluginRuntime runtime) => runtime switch
    {
        PluginRuntime.None => "none",
        PluginRuntime.NativeAot => "nativeaot",
        _ => "other",
    };

    private static void WriteArray(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
