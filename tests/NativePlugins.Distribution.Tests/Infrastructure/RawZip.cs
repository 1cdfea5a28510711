using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Distribution.Tests;

/// <summary>One file of an archive, of which every field can be a lie.</summary>
internal sealed class RawEntry(string name, byte[] content)
{
    public string Name { get; set; } = name;

    public byte[] Packed { get; set; } = content;

    public uint Size { get; set; } = (uint)content.Length;

    public uint? PackedSize { get; set; }

    /// <summary>What stands behind the data, where the sizes may follow.</summary>
    public byte[] Behind { get; set; } = [];

    public ushort Method { get; set; }

    public ushort Flags { get; set; }

    public byte MadeBy { get; set; }

    public uint Attributes { get; set; }

    public byte[] Extra { get; set; } = [];

    public string? LocalName { get; set; }

    public ushort? LocalMethod { get; set; }

    public uint? LocalSize { get; set; }

    public uint? Offset { get; set; }

    /// <summary>Says that the checksum and the sizes follow, and lets them follow.</summary>
    /// <param name="signature">In front of them, or nothing.</param>
    /// <param name="size">What is said of the size.</param>
    public RawEntry WithSizesBehind(ReadOnlySpan<byte> signature, uint? size = null)
    {
        Flags |= 8;
        byte[] sizes = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(sizes.AsSpan(4), (uint)Packed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(sizes.AsSpan(8), size ?? Size);
        Behind = [.. signature, .. sizes];
        return this;
    }

    /// <summary>Of Unix, in its upper half.</summary>
    public RawEntry WithMode(int mode)
    {
        MadeBy = 3;
        Attributes = (uint)mode << 16;
        return this;
    }
}

/// <summary>Writes archives as no honest program does.</summary>
internal sealed class RawZip
{
    public byte[] Before { get; set; } = [];

    public byte[] Between { get; set; } = [];

    public byte[] After { get; set; } = [];

    public ushort? Count { get; set; }

    public int DirectoryShift { get; set; }

    public ushort Disk { get; set; }

    public byte[] Write(IEnumerable<RawEntry> entries)
    {
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        file.Write(Before);
        int count = 0;
        foreach (RawEntry entry in entries)
        {
            uint offset = entry.Offset ?? (uint)file.Position;
            byte[] name = Encoding.UTF8.GetBytes(entry.Name), localName = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
            Write(file, 0x04034B50u, (ushort)20, entry.Flags, entry.LocalMethod ?? entry.Method, 0u, 0u, entry.PackedSize ?? (uint)entry.Packed.Length, entry.LocalSize ?? entry.Size, (ushort)localName.Length, (ushort)0);
            file.Write(localName);
            file.Write(entry.Packed);
            file.Write(entry.Behind);
            Write(directory, 0x02014B50u, (ushort)(entry.MadeBy << 8 | 20), (ushort)20, entry.Flags, entry.Method, 0u, 0u, entry.PackedSize ?? (uint)entry.Packed.Length, entry.Size,
                (ushort)name.Length, (ushort)entry.Extra.Length, (ushort)0, (ushort)0, (ushort)0, entry.Attributes, offset);
            directory.Write(name);
            directory.Write(entry.Extra);
            count++;
        }

        file.Write(Between);
        uint at = (uint)(file.Position + DirectoryShift);
        directory.WriteTo(file);
        Write(file, 0x06054B50u, Disk, (ushort)0, Count ?? (ushort)count, Count ?? (ushort)count, (uint)directory.Length, at, (ushort)0);
        file.Write(After);
        return file.ToArray();
    }

    private static void Write(MemoryStream stream, params object[] fields)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (object field in fields)
        {
            if (field is ushort half)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, half);
                stream.Write(bytes[..2]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)field);
                stream.Write(bytes);
            }
        }
    }
}
