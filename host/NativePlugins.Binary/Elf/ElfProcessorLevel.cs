using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// The levels of x86-64 that a library says it needs, and those that this processor has: the psABI, "Micro-Architecture Levels";
/// glibc, sysdeps/x86/dl-prop.h and get-isa-level.h.
/// </summary>
internal static class ElfProcessorLevel
{
    private const uint NoteSegment = 4;
    private const uint PropertyNote = 5;           // NT_GNU_PROPERTY_TYPE_0
    private const uint NeededLevels = 0xC0008002;  // GNU_PROPERTY_X86_ISA_1_NEEDED
    private const uint FeaturesInUse = 0xC0000002; // GNU_PROPERTY_X86_FEATURE_1_AND
    private const uint Needed = 0xB0008000;        // GNU_PROPERTY_1_NEEDED
    private const ulong MaxNotes = 64 << 10;

    private static readonly string[] s_names = ["x86-64-baseline", "x86-64-v2", "x86-64-v3", "x86-64-v4"];

    /// <summary>The levels of this processor, as far as the system lets programs use them; one bit for each level.</summary>
    public static uint OfThisProcessor { get; } = Detect();

    /// <summary>The bits that a library sets; 0 where it says nothing, as nearly all do.</summary>
    public static uint Read(BinaryFile file, in ElfHeader header, ElfSegments segments)
    {
        if (header.Target.Architecture is not ("x86-64" or "x86"))
        {
            return 0;
        }

        // The last notes come first, and only the first note of this kind counts.
        uint word = (uint)header.Data.WordSize;
        for (int i = segments.All.Count - 1; i >= 0; i--)
        {
            ElfSegment segment = segments.All[i];
            if (segment.Type == NoteSegment && segment.Alignment == word && segment.MemorySize <= MaxNotes
                && segments.TryMap(segment.Address, segment.MemorySize, out ulong offset)
                && Find(header.Data, file.ReadTable(offset, segment.MemorySize, "the notes").Span) is { } levels)
            {
                return levels;
            }
        }

        return 0;
    }

    /// <summary>The name of the highest level among the bits, for example <c>x86-64-v4</c>.</summary>
    public static string Describe(uint levels)
    {
        int highest = 31 - System.Numerics.BitOperations.LeadingZeroCount(levels);
        return highest < 0 ? "none" : highest < s_names.Length ? s_names[highest] : $"level {highest + 1}, which has no name yet";
    }

    /// <summary>Null if there is no note of this kind; 0 if it is malformed or asks for nothing.</summary>
    private static uint? Find(ElfData data, ReadOnlySpan<byte> notes)
    {
        int word = data.WordSize;
        long at = 0;
        while (at + 12 < notes.Length)
        {
            uint nameSize = data.U32(notes, (int)at);
            uint size = data.U32(notes, (int)at + 4);
            long start = Align(at + 12 + nameSize, word);
            if (nameSize == 4 && data.U32(notes, (int)at + 8) == PropertyNote && at + 16 + size <= notes.Length && notes.Slice((int)at + 12, 4).SequenceEqual("GNU\0"u8))
            {
                return size < 8 || size % word != 0 ? 0 : FindLevels(data, notes.Slice((int)at + 16, (int)size));
            }

            at = Align(start + size, word);
        }

        return null;
    }

    /// <summary>The properties have ascending types. Each has a type, a size and the data.</summary>
    private static uint FindLevels(ElfData data, ReadOnlySpan<byte> properties)
    {
        uint last = 0;
        long at = 0;
        while (properties.Length - at >= 8)
        {
            uint type = data.U32(properties, (int)at);
            uint size = data.U32(properties, (int)at + 4);
            at += 8;
            if (type < last || at + size > properties.Length || type > NeededLevels || (type is FeaturesInUse or Needed && size != 4))
            {
                return 0;
            }

            if (type == NeededLevels)
            {
                return size == 4 ? data.U32(properties, (int)at) : 0;
            }

            last = type;
            at += Align(size, data.WordSize);
        }

        return 0;
    }

    private static uint Detect()
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.X86))
        {
            return 0;
        }

        if (!(Sse42.IsSupported && Popcnt.IsSupported))
        {
            return 1;
        }

        const int Movbe = 1 << 22;
        const int HalfPrecision = 1 << 29; // F16C
        bool isV3 = Avx2.IsSupported && Bmi1.IsSupported && Bmi2.IsSupported && Fma.IsSupported && Lzcnt.IsSupported
            && (X86Base.CpuId(1, 0).Ecx & (Movbe | HalfPrecision)) == (Movbe | HalfPrecision);
        bool isV4 = isV3 && Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported;
        return isV4 ? 15u : isV3 ? 7u : 3u;
    }

    private static long Align(long value, long step) => (value + step - 1) / step * step;
}
