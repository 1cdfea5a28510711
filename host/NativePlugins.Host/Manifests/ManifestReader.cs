using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Manifests;

/// <summary>Reads a manifest token by token: a manifest is read before every load, and a serializer would cost time to start.</summary>
internal static class ManifestReader
{
    private const int MaxEntries = 4096;

    /// <summary>Reads a file; null if it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownAs">The path of which errors speak, if the file is a copy.</param>
    public static PluginManifest? Read(string path, string? shownAs = null)
    {
        byte[]? json = ReadFile(path, shownAs ?? path);
        return json is null ? null : Parse(json, shownAs ?? path);
    }

    /// <summary>Reads a manifest from UTF-8 JSON, with or without a byte order mark.</summary>
    public static PluginManifest Parse(ReadOnlySpan<byte> json, string path)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (json.StartsWith(mark))
        {
            json = json[mark.Length..];
        }

        try
        {
            return new Parser(path).Parse(json);
        }
        catch (JsonException e)
        {
            throw Bad(path, "JSON", $"{UntrustedText.Escape(e.Message)}");
        }
        catch (InvalidOperationException)
        {
            // It is a string with an invalid escape or ill-formed UTF-8.
            throw Bad(path, "text in UTF-8", "a string that is not");
        }
    }

    private static byte[]? ReadFile(string file, string path)
    {
        FileError error = FileSystem.Current.OpenToRead(file, out SafeFileHandle? handle, out FileStatus status);
        using (handle)
        {
            // A name that is too long is no file's: the library's name fits, and its manifest's is longer.
            if (error.Kind is FileErrorKind.NotFound or FileErrorKind.NameTooLong)
            {
                return null;
            }

            if (error.IsNone && !status.IsRegular)
            {
                throw Bad(path, "a regular file, or none", status.DescribeKind());
            }

            if (!error.IsNone || handle is null)
            {
                throw new PluginFileAccessException(new PluginFailure($"the manifest {UntrustedText.Quote(path)} cannot be read")
                {
                    Expected = "a readable file, or none",
                    Found = error.Describe(),
                });
            }

            if (status.Size > PluginManifest.MaxSize)
            {
                throw Bad(path, $"at most {PluginManifest.MaxSize} bytes", $"{status.Size} bytes");
            }

            byte[] json = new byte[(int)status.Size + 1];
            int length = 0, read;
            while (length < json.Length && (read = RandomAccess.Read(handle, json.AsSpan(length), length)) > 0)
            {
                length += read;
            }

            return json[..length];
        }
    }

    private static PluginManifestException Bad(string path, string expected, string found) =>
        new(new PluginFailure($"the manifest {UntrustedText.Quote(path)} is not one")
        {
            Expected = expected,
            Found = found,
        });

    private sealed class Parser(string path)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

        public PluginManifest Parse(ReadOnlySpan<byte> json)
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            reader.Read();
            Require(reader.TokenType == JsonTokenType.StartObject, "an object", Describe(reader.TokenType));
            int version = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string field = reader.GetString()!;
                Require(_seen.Add(field), "each field once", $"{UntrustedText.Quote(field)} twice");
                reader.Read();
                switch (field)
                {
                    case "manifestVersion":
                        version = ReadVersion(ref reader);
                        break;
                    case "id" or "name" or "version" or "abi" or "language" or "runtime" or "runtimeVersion" or "rid" or "library":
                        Require(reader.TokenType == JsonTokenType.String, $"{field} as a string", Describe(reader.TokenType));
                        _texts[field] = reader.GetString()!;
                        break;
                    case "services" or "files":
                        _lists[field] = ReadList(ref reader, field);
                        break;
                    default:
                        // A newer minor version of the format may have more fields.
                        reader.Skip();
                        break;
                }
            }

            while (reader.Read())
            {
                // Utf8JsonReader itself refuses text after the object.
            }

            Require(
                version == PluginManifest.FormatVersion,
                $"manifestVersion {PluginManifest.FormatVersion}", version == 0 ? "none" : $"{version}");
            return Build();
        }

        private PluginManifest Build()
        {
            string id = Text("id"), version = Text("version"), abi = Text("abi");
            Require(PluginId.IsValid(id), $"an id of the form {PluginId.Form}", UntrustedText.Quote(id));
            Require(SemanticVersion.IsValid(version), "a version as in Semantic Versioning 2.0.0", UntrustedText.Quote(version));
            Require(
                Version.TryParse(abi, out Version? parsed) && parsed.Build < 0, "abi as major.minor", UntrustedText.Quote(abi));
            foreach (string file in List("files"))
            {
                Require(IsInside(file), "files inside the plugin's directory", UntrustedText.Quote(file));
            }

            return new PluginManifest
            {
                Id = id,
                Name = Text("name"),
                Version = version,
                Abi = abi,
                Services = List("services"),
                Language = _texts.GetValueOrDefault("language", ""),
                Runtime = _texts.GetValueOrDefault("runtime", "") switch
                {
                    "none" => PluginRuntime.None,
                    "nativeaot" => PluginRuntime.NativeAot,
                    _ => PluginRuntime.Other,
                },
                RuntimeVersion = _texts.GetValueOrDefault("runtimeVersion", ""),
                Rid = _texts.GetValueOrDefault("rid", ""),
                Library = _texts.GetValueOrDefault("library", ""),
                Files = List("files"),
                Unstated = Unless("language", UnstatedFields.Language) | Unless("runtime", UnstatedFields.Runtime)
                    | Unless("runtimeVersion", UnstatedFields.RuntimeVersion),
            };
        }

        private UnstatedFields Unless(string field, UnstatedFields missing) => _texts.ContainsKey(field) ? UnstatedFields.None : missing;

        /// <summary>JSON has one kind of number: 1, 1.0 and 1e0 are the same (RFC 8259, section 6).</summary>
        private int ReadVersion(ref Utf8JsonReader reader)
        {
            bool isNumber = reader.TokenType == JsonTokenType.Number;
            decimal version = 0;
            Require(
                isNumber && reader.TryGetDecimal(out version) && version is >= 1 and <= int.MaxValue && decimal.Truncate(version) == version,
                "manifestVersion as a whole number from 1", isNumber ? UntrustedText.Escape(Encoding.UTF8.GetString(reader.ValueSpan)) : Describe(reader.TokenType));
            return (int)version;
        }

        private string[] ReadList(ref Utf8JsonReader reader, string field)
        {
            Require(reader.TokenType == JsonTokenType.StartArray, $"{field} as an array of strings", Describe(reader.TokenType));
            var values = new List<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Require(reader.TokenType == JsonTokenType.String, $"{field} as an array of strings", Describe(reader.TokenType));
                Require(values.Count < MaxEntries, $"at most {MaxEntries} {field}", "more");
                values.Add(reader.GetString()!);
            }

            return [.. values];
        }

        private string Text(string field)
        {
            Require(_texts.TryGetValue(field, out string? value), $"a field '{field}'", "none");
            return value!;
        }

        private IReadOnlyList<string> List(string field) => _lists.GetValueOrDefault(field, []);

        private void Require(bool condition, string expected, string found)
        {
            if (!condition)
            {
                throw Bad(path, expected, found);
            }
        }

        private static bool IsInside(string file) =>
            file.Length != 0 && !Path.IsPathRooted(file) && !file.Contains('\0') && !file.Contains('\\')
            && !file.Split('/').Any(part => part is "" or "." or "..");

        private static string Describe(JsonTokenType type) => type switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.Null => "null",
            _ => "nothing",
        };
    }
}
