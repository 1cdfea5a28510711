using System.Buffers.Binary;

namespace NativePlugins.Conform;

/// <summary>What a change to a library can do.</summary>
internal enum MutationKind
{
    /// <summary>A header, size, offset, count or index: what preflight must judge.</summary>
    Structure,

    /// <summary>An address, a relocation's target or a symbol's type within bounds: what reading cannot judge.</summary>
    Meaning,

    /// <summary>What loading does not depend on: names of sections, comments, debug sections.</summary>
    Benign,
}

/// <summary>One field of a 64-bit little-endian ELF library that may be changed.</summary>
internal readonly record struct MutationField(MutationKind Kind, string Name, int Offset, int Width);

/// <summary>Makes changed copies of a library: one field of a known meaning has another value. The same seed makes the same ones.</summary>
internal sealed class Mutant(byte[] original)
{
    private static readonly ulong[] s_telling =
    [
        0, 1, 2, 7, 8, 0x7F, 0xFF, 0xFFF, 0x1000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000,
        0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFF8, 0xFFFFFFFFFFFFFFFF,
    ];

    private readonly MutationField[][] _groups = MutationFields.Find(original);
    private readonly uint _symbolCount = MutationFields.CountSymbols(original);
    private readonly uint _namesSize = MutationFields.NamesSize(original);
    private readonly ulong _relroRoom = MutationFields.RelroRoom(original);

    public (byte[] Bytes, MutationField Field) Make(Random random)
    {
        MutationField[] group = _groups[random.Next(_groups.Length)];
        MutationField field = group[random.Next(group.Length)];
        byte[] bytes = [.. original];
        Span<byte> place = bytes.AsSpan(field.Offset, field.Width);
        Span<byte> word = stackalloc byte[8];
        word.Clear();
        place.CopyTo(word);
        ulong old = BinaryPrimitives.ReadUInt64LittleEndian(word);
        ulong value = random.Next(4) switch
        {
            0 => old + (ulong)random.Next(1, 64),
            1 => old - (ulong)random.Next(1, 64),
            2 => s_telling[random.Next(s_telling.Length)],
            _ => (ulong)random.NextInt64() & (random.Next(2) == 0 ? 0xFFFFF : ulong.MaxValue),
        };
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..field.Width].CopyTo(place);

        return (bytes, IsAsGood(field, old, value) ? field with { Kind = MutationKind.Meaning } : field);
    }

    /// <summary>
    /// Another symbol that exists, another name, other pointers to code near the right ones, more of the same segment that is not to be
    /// written to, or less memory behind what the file fills of it, is as good as the right one to a reader, and as wrong to the code.
    /// </summary>
    private bool IsAsGood(in MutationField field, ulong old, ulong value) =>
        field.Name.EndsWith("symbol", StringComparison.Ordinal) ? (uint)value is not 0 && (uint)value < _symbolCount
            : field.Name.EndsWith("st_name", StringComparison.Ordinal) ? (uint)value is not 0 && (uint)value < _namesSize
            : field.Name == MutationFields.RelroPrefix + "p_memsz" ? value <= _relroRoom
            : field.Name == MutationFields.LoadPrefix + "p_memsz" ? value < old && value >= BinaryPrimitives.ReadUInt64LittleEndian(original.AsSpan(field.Offset - 8))
            : field.Name.StartsWith("DT_INIT_ARRAY", StringComparison.Ordinal) && value % 8 == 0 && value - old + 4096 < 8192;
}
