using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.MachO;

/// <summary>
/// Refuses what dyld refuses whatever the SDK that a library was built with: dyld, mach_o/UnsafeHeader.cpp, <c>valid</c>, and
/// mach_o/Universal.cpp, <c>valid</c>. What dyld requires only of libraries built with a newer SDK is left to it.
/// </summary>
internal static class MachOLoadCheck
{
    private const uint Dylib = 6;        // MH_DYLIB
    private const uint IdDylib = 0xD;    // LC_ID_DYLIB
    private const uint Segment64 = 0x19; // LC_SEGMENT_64
    private const uint HeaderSize = 32;
    private const uint SegmentSize = 72;
    private const uint SectionSize = 80;

    /// <param name="file">The file, of which the load commands were read.</param>
    /// <param name="header">The part that would be loaded: 64-bit, as nothing else is loaded by a system that .NET runs on.</param>
    /// <exception cref="Findings.BinaryException">It is malformed.</exception>
    public static void Require(BinaryFile file, MachOHeader header)
    {
        RequireApart(file, MachOSlice.ReadAll(file));
        var segments = new List<Segment>();
        int identities = 0;
        for (int i = 0; i < header.Commands.Count; i++)
        {
            (uint Number, int Offset, int Size) command = header.Commands[i];
            RequireSize(file, header, command, i);
            RequireText(file, header, command, i);
            identities += command.Number == IdDylib ? 1 : 0;
            if (command.Number == Segment64)
            {
                segments.Add(ReadSegment(file, header, command));
            }
        }

        int expected = header.FileType == Dylib ? 1 : 0;
        if (identities != expected)
        {
            throw file.Malformed("LC_ID_DYLIB", $"{expected:N0} of them", $"{identities:N0}");
        }

        RequireLayout(file, header, segments);
    }

    /// <summary>Commands of a fixed size have that size, and those with parts that of their parts.</summary>
    private static void RequireSize(BinaryFile file, MachOHeader header, (uint Number, int Offset, int Size) command, int index)
    {
        uint? size = command.Number switch
        {
            0x2 => 24,                                                       // LC_SYMTAB
            0xB => 80,                                                       // LC_DYSYMTAB
            0x1B => 24,                                                      // LC_UUID
            0x1E or 0x26 or 0x80000033 or 0x80000034 => 16,                  // LC_SEGMENT_SPLIT_INFO, LC_FUNCTION_STARTS, LC_DYLD_EXPORTS_TRIE, LC_DYLD_CHAINED_FIXUPS
            0x22 or 0x80000022 => 48,                                        // LC_DYLD_INFO, LC_DYLD_INFO_ONLY
            0x24 or 0x25 or 0x2F or 0x30 => 16,                              // LC_VERSION_MIN_…
            0x32 => Sum(24, header.Field(command, 20), 8),                   // LC_BUILD_VERSION and its tools
            Segment64 => Sum(SegmentSize, header.Field(command, 64), SectionSize),
            _ => null,
        };
        if (size is { } right && right != command.Size)
        {
            throw file.Malformed($"load command {index}, cmdsize", $"{right:N0} bytes", $"{command.Size:N0}");
        }
    }

    /// <summary>A name lies in its command, with the NUL that ends it.</summary>
    private static void RequireText(BinaryFile file, MachOHeader header, (uint Number, int Offset, int Size) command, int index)
    {
        // LC_LOAD_DYLIB, LC_ID_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB, LC_LOAD_UPWARD_DYLIB, LC_RPATH.
        if (command.Number is not (0xC or IdDylib or 0x80000018 or 0x8000001F or 0x80000023 or 0x8000001C))
        {
            return;
        }

        uint start = header.Field(command, 8);
        if (start >= command.Size || !header.Bytes(command)[(int)start..].Contains((byte)0))
        {
            throw file.Malformed($"load command {index}, name", $"a text in its {command.Size:N0} bytes", $"one at {start:N0} without an end");
        }
    }

    private static Segment ReadSegment(BinaryFile file, MachOHeader header, (uint Number, int Offset, int Size) command)
    {
        const int NameSize = 16;
        ReadOnlySpan<byte> name = header.Bytes(command).Slice(8, NameSize);
        int end = name.IndexOf((byte)0);
        var segment = new Segment(
            Encoding.UTF8.GetString(end < 0 ? name : name[..end]),
            header.Field64(command, 24), header.Field64(command, 32), header.Field64(command, 40), header.Field64(command, 48), header.Field(command, 60));
        string shown = UntrustedText.Quote(segment.Name);
        if (segment.FileSize > segment.Size && segment is not { Size: 0, Protection: 0 })
        {
            throw file.Malformed($"segment {shown}, filesize", $"at most its vmsize, {segment.Size:N0}", $"{segment.FileSize:N0}");
        }

        if ((segment.Protection & ~7u) != 0)
        {
            throw file.Malformed($"segment {shown}, initprot", $"r, w and x", $"0x{segment.Protection:X}");
        }

        if (segment.Address > ulong.MaxValue - segment.Size)
        {
            throw file.Malformed($"segment {shown}, vmaddr", $"an address that leaves room for {segment.Size:N0} bytes", $"0x{segment.Address:X}");
        }

        for (int at = (int)SegmentSize; at < command.Size; at += (int)SectionSize)
        {
            ulong address = header.Field64(command, at + 32);
            ulong size = header.Field64(command, at + 40);
            if (size > long.MaxValue || address < segment.Address)
            {
                throw file.Malformed($"a section of the segment {shown}", $"a place from 0x{segment.Address:X} on", $"0x{size:X} bytes at 0x{address:X}");
            }
        }

        return segment;
    }

    /// <summary>The segment __TEXT begins with the header and the load commands, and no two segments overlap.</summary>
    private static void RequireLayout(BinaryFile file, MachOHeader header, List<Segment> segments)
    {
        ulong head = HeaderSize + (ulong)header.Commands.Sum(command => (long)command.Size);
        if (segments.FindLast(segment => segment.Name == "__TEXT") is not { } text)
        {
            throw file.Malformed("segments", "one that is called __TEXT", "none");
        }

        if (text.FileOffset != 0 || text.FileSize < head || text.Size < head)
        {
            throw file.Malformed("segment '__TEXT'", $"the file's first {head:N0} bytes", $"{text.FileSize:N0} bytes at {text.FileOffset:N0}, {text.Size:N0} mapped");
        }

        for (int i = 0; i < segments.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Segment one = segments[j], other = segments[i];
                if (Overlap(one.Address, one.Size, other.Address, other.Size) || Overlap(one.FileOffset, one.FileSize, other.FileOffset, other.FileSize))
                {
                    throw file.Malformed("segments", "each in a place of its own", $"{UntrustedText.Quote(other.Name)} over {UntrustedText.Quote(one.Name)}");
                }
            }
        }
    }

    private static void RequireApart(BinaryFile file, List<MachOSlice> slices)
    {
        for (int i = 0; i < slices.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Overlap(slices[j].Offset, slices[j].Size, slices[i].Offset, slices[i].Size))
                {
                    throw file.Malformed($"architecture {i}", "a place of its own", $"one over architecture {j}");
                }
            }
        }
    }

    private static bool Overlap(ulong start, ulong size, ulong otherStart, ulong otherSize) =>
        otherStart < start + size && otherStart + otherSize > start;

    private static uint Sum(uint head, uint count, uint size) => (uint)Math.Min(uint.MaxValue, head + ((ulong)count * size));

    private sealed record Segment(string Name, ulong Address, ulong Size, ulong FileOffset, ulong FileSize, uint Protection);
}
