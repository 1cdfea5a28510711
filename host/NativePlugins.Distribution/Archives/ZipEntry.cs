namespace NativePlugins.Distribution.Archives;

/// <summary>One file of an archive, as the archive's directory describes it.</summary>
/// <param name="Name">Relative, with <c>/</c>; checked by <see cref="EntryName"/>.</param>
/// <param name="Method"><see cref="ZipFormat.Stored"/> or <see cref="ZipFormat.Deflated"/>.</param>
/// <param name="DoSizesFollow">Whether they stand behind the data too.</param>
/// <param name="Crc">The checksum, as the directory has it. What counts is the digest of the statement.</param>
/// <param name="PackedSize">In bytes.</param>
/// <param name="Size">What it must unpack to, in bytes.</param>
/// <param name="HeaderOffset">Where its local header stands.</param>
/// <param name="DataOffset">Where its packed bytes begin.</param>
internal sealed record ZipEntry(string Name, ushort Method, bool DoSizesFollow, uint Crc, long PackedSize, long Size, long HeaderOffset, long DataOffset);
