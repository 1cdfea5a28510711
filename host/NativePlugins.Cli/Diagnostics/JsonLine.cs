using System.Buffers;
using System.Text.Json;

namespace NativePlugins.Cli;

/// <summary>One JSON object on one line.</summary>
internal static class JsonLine
{
    /// <summary>The object as UTF-8, with a line feed after it.</summary>
    public static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> writeMembers) => Write(new ArrayBufferWriter<byte>(), writeMembers);

    /// <summary>The same, in a buffer that serves for one line after the other.</summary>
    public static ReadOnlySpan<byte> Write(ArrayBufferWriter<byte> buffer, Action<Utf8JsonWriter> writeMembers)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    public static void WriteArray(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>An array with an object for each item.</summary>
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
}
