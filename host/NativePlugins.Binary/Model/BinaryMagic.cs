using System.Buffers.Binary;
using System.Text;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Model;

/// <summary>Tells the formats apart by a file's first bytes.</summary>
internal static class BinaryMagic
{
    // A Java class file begins like a universal Mach-O file. Where that has the number of architectures, the class file has its version,
    // which is 45 or more. file(1) tells the two apart by the same limit.
    private const uint MaxUniversalArchitectures = 30;

    public static BinaryFormat? Identify(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\u007FELF"u8))
        {
            return BinaryFormat.Elf;
        }

        if (head.StartsWith("MZ"u8))
        {
            return BinaryFormat.Pe;
        }

        if (head.Length < 8)
        {
            return null;
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(head);
        bool isThin = magic is 0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE;
        bool isUniversal = magic is 0xCAFEBABE or 0xCAFEBABF
            && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is > 0 and <= MaxUniversalArchitectures;
        return isThin || isUniversal ? BinaryFormat.MachO : null;
    }

    /// <summary>What a file in none of the three formats probably is.</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        (byte[] Magic, string Name)[] known =
        [
            ("!<arch>\n"u8.ToArray(), "a static library (ar archive)"),
            ("!<thin>\n"u8.ToArray(), "a static library (thin ar archive)"),
            ("#!"u8.ToArray(), "a script"),
            ("PK\u0003\u0004"u8.ToArray(), "a ZIP archive"),
            ([0x1F, 0x8B], "a gzip file"),
            ("\0asm"u8.ToArray(), "a WebAssembly module"),
            ([0x42, 0x43, 0xC0, 0xDE], "LLVM bitcode"),
            ([0xCA, 0xFE, 0xBA, 0xBE], "a Java class file"),
        ];
        foreach ((byte[] magic, string name) in known)
        {
            if (head.StartsWith(magic))
            {
                return name;
            }
        }

        ReadOnlySpan<byte> start = head[..Math.Min(head.Length, 24)];
        bool isText = start.IndexOfAnyInRange((byte)0, (byte)8) < 0 && IsUtf8(start);
        return isText
            ? $"text that begins {UntrustedText.Quote(Encoding.UTF8.GetString(start).TrimEnd('\uFFFD'))}"
            : $"bytes that begin {Convert.ToHexString(start[..Math.Min(start.Length, 8)])}";
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        // The last character may be cut.
        while (bytes.Length > 0 && (bytes[^1] & 0x80) != 0)
        {
            bytes = bytes[..^1];
        }

        return System.Text.Unicode.Utf8.IsValid(bytes);
    }
}
