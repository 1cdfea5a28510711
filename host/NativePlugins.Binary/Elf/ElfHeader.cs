using System.Globalization;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>The ELF header: gABI, chapter 4, "ELF Header".</summary>
internal readonly record struct ElfHeader
{
    private const int Size32 = 52;
    private const int Size64 = 64;

    public required ElfData Data { get; init; }

    public required ushort Type { get; init; }

    public required BinaryTarget Target { get; init; }

    public required ulong ProgramHeadersOffset { get; init; }

    public required int ProgramHeaderSize { get; init; }

    public required int ProgramHeaderCount { get; init; }

    public required ulong SectionHeadersOffset { get; init; }

    public required int SectionHeaderSize { get; init; }

    public required int SectionHeaderCount { get; init; }

    public required int SectionNamesIndex { get; init; }

    public static ElfHeader Read(BinaryFile file)
    {
        const int IdentSize = 16;
        ReadOnlySpan<byte> head = file.Head;
        if (head.Length < IdentSize)
        {
            throw FileFailures.TooShort(file.Path, "the ELF header", Size32, file.Size).ToException();
        }

        byte fileClass = Check(file, "EI_CLASS", head[4], head[4] is 1 or 2, "1 (32-bit) or 2 (64-bit)");
        byte order = Check(file, "EI_DATA", head[5], head[5] is 1 or 2, "1 (little-endian) or 2 (big-endian)");
        Check(file, "EI_VERSION", head[6], head[6] == 1, "1");
        var data = new ElfData(fileClass == 2, order == 1);
        int size = data.Is64 ? Size64 : Size32;
        if (head.Length < size)
        {
            throw FileFailures.TooShort(file.Path, "the ELF header", (ulong)size, file.Size).ToException();
        }

        ushort machine = data.U16(head, 18);
        return new ElfHeader
        {
            Data = data,
            Type = data.U16(head, 16),
            Target = new BinaryTarget(
                BinaryFormat.Elf, data.Is64 ? 64 : 32, data.IsLittleEndian, ElfMachine.NameOf(machine), ElfMachine.SystemOf(head[7])),
            ProgramHeadersOffset = data.Word(head, data.Is64 ? 32 : 28),
            ProgramHeaderSize = data.U16(head, data.Is64 ? 54 : 42),
            ProgramHeaderCount = data.U16(head, data.Is64 ? 56 : 44),
            SectionHeadersOffset = data.Word(head, data.Is64 ? 40 : 32),
            SectionHeaderSize = data.U16(head, data.Is64 ? 58 : 46),
            SectionHeaderCount = data.U16(head, data.Is64 ? 60 : 48),
            SectionNamesIndex = data.U16(head, data.Is64 ? 62 : 50),
        };
    }

    /// <summary>Judged by e_type alone: a position-independent executable has the type of a shared library.</summary>
    public BinaryKind Kind => Type switch
    {
        1 => BinaryKind.ObjectFile,
        2 => BinaryKind.Executable,
        3 => BinaryKind.SharedLibrary,
        4 => BinaryKind.CoreDump,
        _ => BinaryKind.Other,
    };

    private static byte Check(BinaryFile file, string field, byte value, bool isValid, string expected) =>
        isValid ? value : throw file.Malformed(field, expected, value.ToString(CultureInfo.InvariantCulture));
}
