using System.Buffers.Binary;

namespace NativePlugins.Binary.Elf;

/// <summary>Reads numbers in a file's own class and byte order: gABI, chapter 4, "Data Representation".</summary>
internal readonly record struct ElfData(bool Is64, bool IsLittleEndian)
{
    /// <summary>The size of an address or offset, in bytes.</summary>
    public int WordSize => Is64 ? 8 : 4;

    /// <summary>The size of an Elf32_Sym or Elf64_Sym, in bytes.</summary>
    public int SymbolSize => Is64 ? 24 : 16;

    public ushort U16(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    public uint U32(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

    public ulong U64(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt64BigEndian(bytes[offset..]);

    public ulong Word(ReadOnlySpan<byte> bytes, int offset) => Is64 ? U64(bytes, offset) : U32(bytes, offset);
}
