using System.Text.Json;

namespace NativePlugins.Distribution.Packages;

/// <summary>
/// Reads and writes objects of a fixed form. By hand: with JsonSerializer a program that is compiled with NativeAOT becomes larger and slower to
/// start. What has another form is a <see cref="JsonException"/> that names the field.
/// </summary>
internal static class JsonFields
{
    private static readonly JsonWriterOptions s_format = new() { Indented = true, NewLine = "\n" };

    public static T Read<T>(ReadOnlySpan<byte> json, Func<JsonElement, T> read)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (reader.Read())
        {
            throw new JsonException("there is more after the object");
        }

        try
        {
            return read(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws where a name or a text is looked at that is not in UTF-8.
            throw new JsonException("a name or a text is not in UTF-8");
        }
    }

    /// <summary>An object, with a line feed at the end of each line and of the text.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, s_format))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        json.WriteByte((byte)'\n');
        return json.ToArray();
    }

    public static string Text(this JsonElement element, string name)
    {
        try
        {
            return Field(element, name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(name, "text in UTF-8");
        }
    }

    public static long Number(this JsonElement element, string name) =>
        Field(element, name, JsonValueKind.Number).TryGetInt64(out long number) ? number : throw Bad(name, "a whole number");

    public static int Version(this JsonElement element, string name) =>
        Field(element, name, JsonValueKind.Number).TryGetInt32(out int version) ? version : throw Bad(name, "a version of this form");

    public static IReadOnlyList<T> List<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        [.. Field(element, name, JsonValueKind.Array).EnumerateArray().Select(read)];

    public static T Object<T>(this JsonElement element, string name, Func<JsonElement, T> read) => read(Field(element, name, JsonValueKind.Object));

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        List(element, name, item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Bad(name, "a list of texts"));

    /// <summary>That it is an object with no other fields than these, and each at most once: what is not understood might be a rule.</summary>
    public static void RequireOnly(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("there is no object");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty field in element.EnumerateObject())
        {
            if (!names.Contains(field.Name) || !seen.Add(field.Name))
            {
                throw new JsonException($"the field {field.Name} is not known, or is there twice");
            }
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Whether it is an object that has such a field.</summary>
    public static bool Has(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

    public static void WriteObjects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            writeMembers(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static JsonElement Field(JsonElement element, string name, JsonValueKind kind) =>
        Has(element, name) && element.GetProperty(name) is var field && field.ValueKind == kind ? field : throw Bad(name, KindOf(kind));

    private static string KindOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };

    private static JsonException Bad(string name, string expected) => new($"the field {name} is not {expected}");
}
