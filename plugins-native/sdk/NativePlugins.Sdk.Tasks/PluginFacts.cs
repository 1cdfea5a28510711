using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using NativePlugins.Contracts.Tasks;

namespace NativePlugins.Sdk.Tasks;

/// <summary>
/// What the generator wrote of the plugin into its assembly: AssemblyMetadata attributes whose keys begin with
/// "NativePlugins.". They come from the same model as the description that the library hands out.
/// </summary>
internal sealed class PluginFacts
{
    private const string Prefix = "NativePlugins.";

    private readonly Dictionary<string, string> _values;

    private PluginFacts(Dictionary<string, string> values) => _values = values;

    public bool IsPlugin => _values.ContainsKey("Id");

    public string this[string name] => _values.TryGetValue(name, out string? value) ? value : "";

    /// <summary>Reads a managed assembly without loading it.</summary>
    public static PluginFacts Read(Stream assembly)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in CompiledAttributes.Read(
            assembly, "System.Reflection", "AssemblyMetadataAttribute", static arguments => (Text(ref arguments), Text(ref arguments))))
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                values[key.Substring(Prefix.Length)] = value;
            }
        }

        return new PluginFacts(values);
    }

    private static string Text(ref BlobReader arguments) => arguments.ReadSerializedString() ?? "";
}
