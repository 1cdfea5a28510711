using System.Buffers.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.MachO;

/// <summary>A Mach-O header and its load commands: mach-o/loader.h.</summary>
internal sealed class MachOHeader
{
    private const uint MaxCommands = 10_000;

    private readonly ReadOnlyMemory<byte> _commands;

    private MachOHeader(BinaryFile file, MachOSlice slice)
    {
        ReadOnlySpan<byte> head = slice.ReadTable(file, 0, 28, "the Mach-O header").Span;
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(head);
        IsLittleEndian = magic is 0xFEEDFACE or 0xFEEDFACF;
        Is64 = magic is 0xFEEDFACF or 0xCFFAEDFE;
        if (magic is not (0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE))
        {
            throw file.Malformed("magic", "0xFEEDFACE or 0xFEEDFACF", $"0x{magic:X}");
        }

        Slice = slice;
        string cpu = MachOMachine.NameOf(U32(head, 4), U32(head, 8));
        FileType = U32(head, 12);
        uint count = U32(head, 16);
        uint size = U32(head, 20);
        Flags = U32(head, 24);
        if (count > MaxCommands)
        {
            throw file.Malformed("ncmds", $"at most {MaxCommands:N0}", $"{count:N0}");
        }

        _commands = slice.ReadTable(file, Is64 ? 32u : 28u, size, "the load commands");
        Commands = Split(file, count);
        Target = new BinaryTarget(BinaryFormat.MachO, Is64 ? 64 : 32, IsLittleEndian, cpu, FindPlatform());
    }

    public MachOSlice Slice { get; }

    public bool IsLittleEndian { get; }

    public bool Is64 { get; }

    public uint FileType { get; }

    public uint Flags { get; }

    public BinaryTarget Target { get; }

    /// <summary>The number of each command, and the place of its bytes among all commands.</summary>
    public IReadOnlyList<(uint Number, int Offset, int Size)> Commands { get; }

    public BinaryKind Kind => FileType switch
    {
        1 => BinaryKind.ObjectFile,
        2 => BinaryKind.Executable,
        4 => BinaryKind.CoreDump,
        6 or 8 => BinaryKind.SharedLibrary, // MH_DYLIB, MH_BUNDLE
        10 => BinaryKind.DebugSymbols,
        _ => BinaryKind.Other,
    };

    public static MachOHeader Read(BinaryFile file, MachOSlice slice) => new(file, slice);

    public ReadOnlySpan<byte> Bytes((uint Number, int Offset, int Size) command) =>
        _commands.Span.Slice(command.Offset, command.Size);

    /// <summary>A 32-bit field of a command, or 0 where the command ends before it.</summary>
    public uint Field((uint Number, int Offset, int Size) command, int offset) =>
        offset + 4 <= command.Size ? U32(_commands.Span, command.Offset + offset) : 0;

    public ulong Field64((uint Number, int Offset, int Size) command, int offset)
    {
        if (offset + 8 > command.Size)
        {
            return 0;
        }

        ReadOnlySpan<byte> bytes = Bytes(command)[offset..];
        return IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>A text in a command. The field at <paramref name="offset"/> says where it begins.</summary>
    public string Text((uint Number, int Offset, int Size) command, int offset)
    {
        uint start = Field(command, offset);
        if (start >= (uint)command.Size)
        {
            return string.Empty;
        }

        ReadOnlySpan<byte> text = Bytes(command)[(int)start..];
        int end = text.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    public uint U32(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

    public ushort U16(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    private List<(uint Number, int Offset, int Size)> Split(BinaryFile file, uint count)
    {
        var commands = new List<(uint Number, int Offset, int Size)>((int)count);
        int offset = 0;
        for (uint i = 0; i < count; i++)
        {
            uint size = _commands.Length - offset >= 8 ? U32(_commands.Span, offset + 4) : 0;
            if (size < 8 || size > (uint)(_commands.Length - offset))
            {
                throw file.Malformed($"load command {i}, cmdsize", $"8 to {_commands.Length - offset:N0} bytes", $"{size:N0}");
            }

            commands.Add((U32(_commands.Span, offset), offset, (int)size));
            offset += (int)size;
        }

        return commands;
    }

    private string FindPlatform()
    {
        const uint BuildVersion = 0x32;
        const uint MinimumIPhone = 0x25;
        foreach ((uint Number, int Offset, int Size) command in Commands)
        {
            if (command.Number == BuildVersion)
            {
                return MachOMachine.PlatformOf(Field(command, 8));
            }

            if (command.Number == MinimumIPhone)
            {
                return MachOMachine.PlatformOf(2);
            }
        }

        return MachOMachine.PlatformOf(1);
    }
}
