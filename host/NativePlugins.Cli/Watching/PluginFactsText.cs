using System.Text;

namespace NativePlugins.Cli;

/// <summary>
/// What the manifest says of a plugin stands in its assembly, as attributes that the generator writes: AssemblyMetadata, with keys that begin
/// with "NativePlugins.". Their bytes tell whether two assemblies have the same manifest, without reading metadata.
/// </summary>
internal static class PluginFactsText
{
    // ECMA-335, II.23.3: the prolog of an attribute's value, and then the key's length and text.
    private static readonly byte[] s_key = Encoding.UTF8.GetBytes("NativePlugins.");

    /// <summary>Every such attribute, in the order of their bytes.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> assembly)
    {
        var found = new List<string>();
        for (int at = 0; assembly[at..].IndexOf(s_key) is >= 0 and int next; at += next + s_key.Length)
        {
            int start = at + next;
            if (start >= 3 && assembly[start - 3] == 1 && assembly[start - 2] == 0
                && start + assembly[start - 1] is int value && TryReadText(assembly, value, out string? text))
            {
                found.Add($"{Encoding.UTF8.GetString(assembly[start..value])}={text}");
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>A text with its length before it, in one, two or four bytes.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> bytes, int at, out string? text)
    {
        text = null;
        if (at + 4 > bytes.Length)
        {
            return false;
        }

        int first = bytes[at];
        (int length, int size) = first < 0x80 ? (first, 1)
            : first < 0xC0 ? (((first & 0x3F) << 8) | bytes[at + 1], 2)
            : (((first & 0x1F) << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3], 4);
        if (first == 0xFF || length > bytes.Length - at - size)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes.Slice(at + size, length));
        return true;
    }
}
