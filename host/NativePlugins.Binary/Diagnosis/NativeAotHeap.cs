using System.Buffers;
using System.Globalization;
using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// The address space that a NativeAOT library's garbage collector reserves: GCRegionRange, or else five times its hard limit. The compiler
/// keeps such options, by name and value, among the library's texts. Environment variables take precedence over them. dotnet/runtime:
/// src/coreclr/gc.
/// </summary>
internal static class NativeAotHeap
{
    private const int MaxDigits = 16;
    private const ulong MaxSearched = 512 << 20;
    private const ulong RangesOfHardLimit = 5;
    private const ulong Most = 1UL << 57; // No processor has more address space.

    /// <summary>In bytes; null if nothing sets it.</summary>
    /// <param name="path">The path of the library.</param>
    /// <param name="system">The system that opens it.</param>
    /// <param name="variable">Reads an environment variable; if null, one of this process.</param>
    public static ulong? ReadRange(string path, FileSystem system, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if (Hexadecimal(variable("DOTNET_GCRegionRange")) is { } inherited)
        {
            return inherited;
        }

        using BinaryFile file = BinaryFile.Open(path, system);
        return FindRange(file) ?? (Hexadecimal(variable("DOTNET_GCHeapHardLimit")) ?? FindHardLimit(file)) * RangesOfHardLimit;
    }

    /// <summary>The value of --runtimeopt:GCRegionRange that the compiler was given, in hexadecimal.</summary>
    internal static ulong? FindRange(BinaryFile file) => Find(file, "GCRegionRange\0"u8, Hexadecimal);

    /// <summary>The value of System.GC.HeapHardLimit in the project, in decimal.</summary>
    internal static ulong? FindHardLimit(BinaryFile file) => Find(file, "System.GC.HeapHardLimit\0"u8, Decimal);

    private static ulong? Find(BinaryFile file, ReadOnlySpan<byte> name, Func<string, ulong?> parse)
    {
        int overlap = name.Length + MaxDigits + 1;
        byte[] window = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            ulong size = Math.Min(file.Size, MaxSearched);
            ulong next = 0;
            for (int kept = 0; next < size;)
            {
                int count = (int)Math.Min(size - next, (ulong)(window.Length - kept));
                file.ReadUnkept(next, window.AsSpan(kept, count), "the runtime's options");
                next += (ulong)count;
                ReadOnlySpan<byte> bytes = window.AsSpan(0, kept + count);
                for (int at = bytes.IndexOf(name); at >= 0; at = IndexAfter(bytes, name, at))
                {
                    if (ValueAt(bytes[(at + name.Length)..], parse) is { } range)
                    {
                        return range;
                    }
                }

                kept = Math.Min(bytes.Length, overlap);
                bytes[^kept..].CopyTo(window);
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private static int IndexAfter(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, int at)
    {
        int next = bytes[(at + 1)..].IndexOf(name);
        return next < 0 ? -1 : at + 1 + next;
    }

    /// <summary>The name also occurs in the list of all option names. There no number follows it.</summary>
    private static ulong? ValueAt(ReadOnlySpan<byte> bytes, Func<string, ulong?> parse)
    {
        int end = bytes[..Math.Min(bytes.Length, MaxDigits + 1)].IndexOf((byte)0);
        return end < 0 ? null : parse(Encoding.ASCII.GetString(bytes[..end]));
    }

    private static ulong? Hexadecimal(string? text) => Parse(text, NumberStyles.AllowHexSpecifier);

    private static ulong? Decimal(string text) => Parse(text, NumberStyles.None);

    private static ulong? Parse(string? text, NumberStyles style) =>
        ulong.TryParse(text, style, CultureInfo.InvariantCulture, out ulong value) && value is not 0 and < Most ? value : null;
}
