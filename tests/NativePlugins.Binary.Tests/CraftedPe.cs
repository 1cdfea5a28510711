using System.Text;

namespace NativePlugins.Binary.Tests;

/// <summary>Small PE32+ files, as Microsoft's "PE Format" describes them: headers and one section with the tables.</summary>
internal static class CraftedPe
{
    private const uint SectionAt = 0x200;
    private const uint SectionAddress = 0x1000;

    public static byte[] Library(ushort machine = 0x8664, bool isDll = true, string export = "np_plugin_entry_v1")
    {
        byte[] section = Section(export);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("MZ"u8);
        stream.Position = 0x3C;
        writer.Write(0x40u);
        writer.Write("PE\0\0"u8);
        writer.Write(machine);
        writer.Write((ushort)1);
        writer.Write(new byte[12]);
        writer.Write((ushort)240);
        writer.Write((ushort)(isDll ? 0x2022 : 0x22));
        long optional = stream.Position;
        writer.Write((ushort)0x20B);
        stream.Position = optional + 32;
        writer.Write(0x1000u); // SectionAlignment
        writer.Write(0x200u);  // FileAlignment
        stream.Position = optional + 56;
        writer.Write(0x2000u); // SizeOfImage
        writer.Write(SectionAt);
        stream.Position = optional + 108;
        writer.Write(16u);
        writer.Write(SectionAddress); // Export table
        writer.Write(40u);
        writer.Write(SectionAddress + 0x100); // Import table
        writer.Write(40u);
        stream.Position = optional + 240;
        writer.Write(".rdata\0\0"u8);
        writer.Write((uint)section.Length);
        writer.Write(SectionAddress);
        writer.Write((uint)section.Length);
        writer.Write(SectionAt);
        writer.Write(new byte[12]);
        writer.Write(0x40000040u);
        stream.Position = SectionAt;
        writer.Write(section);
        return stream.ToArray();
    }

    private static byte[] Section(string export)
    {
        byte[] section = new byte[0x200];
        Put(section, 12, SectionAddress + 0x80);  // the library's name
        Put(section, 20, 1);                      // addresses
        Put(section, 24, 1);                      // names
        Put(section, 28, SectionAddress + 0x60);
        Put(section, 32, SectionAddress + 0x68);
        Put(section, 36, SectionAddress + 0x6C);
        Put(section, 0x68, SectionAddress + 0xA0);
        Encoding.UTF8.GetBytes("x.dll\0").CopyTo(section, 0x80);
        Encoding.UTF8.GetBytes(export + "\0").CopyTo(section, 0xA0);
        Put(section, 0x100 + 12, SectionAddress + 0x180);
        Encoding.UTF8.GetBytes("KERNEL32.dll\0").CopyTo(section, 0x180);
        return section;
    }

    private static void Put(byte[] section, int offset, uint value) => BitConverter.GetBytes(value).CopyTo(section, offset);
}
