using System.Buffers;
using System.Globalization;
using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Loading;

/// <summary>
/// What a NativeAOT library's garbage collector reserves: GCRegionRange, or else five times its hard limit. The compiler keeps such
/// options, name and value, in the library's texts, and environment variables stand above them. dotnet/runtime: src/coreclr/gc.
/// </summary>
internal static class NativeAotHeap
{
    private const int MaxDigits = 16;
    private const ulong MaxSearched = 512 << 20;
    private const ulong RangesOfHardLimit = 5;
    private const ulong Most = 1UL << 57; // No processor has more address space.

    /// <summary>In bytes; null where nothing says.</summary>
    /// <param name="path">Of the library.</param>
    /// <param name="system">What opens it.</param>
    /// <param name="variable">The environment; this process's if null.</param>
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

    /// <summary>What the compiler was given as --runtimeopt:GCRegionRange, in hexadecimal.</summary>
    internal static ulong? FindRange(BinaryFile file) => Find(file, "GCRegionRange\0"u8, Hexadecimal);

    /// <summary>What the project has as System.GC.HeapHardLimit, in decimal.</summary>
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

    /// <summary>The name stands once more, among the names of all options: there no number follows.</summary>
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
