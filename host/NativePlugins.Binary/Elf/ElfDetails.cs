using System.Globalization;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>What an ELF file says beyond what loading it depends on.</summary>
internal static class ElfDetails
{
    private const uint Load = 1;
    private const uint Note = 4;
    private const uint Relro = 0x6474E552; // PT_GNU_RELRO
    private const ulong MaxNotes = 64 << 10;

    public static BinaryDetails Read(BinaryFile file, BinaryImage image, BinarySymbols symbols)
    {
        ElfHeader header = ElfHeader.Read(file);
        Dictionary<string, ElfSection> sections = ElfSections.Read(file, header);
        ElfParts parts = ElfParts.Read(file, header);
        BinaryToolchain toolchain = ElfToolchain.Read(file, sections, image, symbols);
        if (parts.Segments is not { } segments)
        {
            return new BinaryDetails { Toolchain = toolchain };
        }

        ElfNotes notes = ReadNotes(file, header, segments);
        List<BinarySegment> loaded = [.. segments.All.Where(segment => segment.Type == Load).Select(ToPublic)];
        ulong word = (ulong)header.Data.WordSize;
        return new BinaryDetails
        {
            Segments = loaded,
            Constructors = Count(parts.Dynamic, ElfTag.Init, ElfTag.InitArraySize, word),
            Destructors = Count(parts.Dynamic, ElfTag.Fini, ElfTag.FiniArraySize, word),
            Hardening = new BinaryHardening
            {
                Relro = !segments.All.Any(segment => segment.Type == Relro) ? BinaryRelro.None
                    : parts.Dynamic is { BindsNow: false } ? BinaryRelro.Partial : BinaryRelro.Full,
                HasExecutableStack = segments.WantsExecutableStack,
                HasTextRelocations = parts.Dynamic?.HasTextRelocations ?? false,
                HasWritableCode = loaded.Exists(segment => segment.IsWritableCode),
                IsPositionIndependent = header.Kind == BinaryKind.SharedLibrary,
            },
            MinimumSystem = FindMinimum(symbols.NeededVersions, notes.KernelVersion),
            BuildId = notes.BuildId,
            Toolchain = toolchain,
        };
    }

    private static BinarySegment ToPublic(ElfSegment segment) => new(
        "LOAD", segment.Address, segment.MemorySize, segment.FileSize,
        BinarySegment.Describe(segment.IsReadable, segment.IsWritable, segment.IsExecutable));

    private static int Count(ElfDynamic? dynamic, ElfTag single, ElfTag arraySize, ulong word)
    {
        ulong array = Math.Min((dynamic?.Find(arraySize) ?? 0) / word, int.MaxValue - 1);
        return (int)array + (dynamic?.Find(single) is null or 0 ? 0 : 1);
    }

    private static ElfNotes ReadNotes(BinaryFile file, in ElfHeader header, ElfSegments segments)
    {
        var notes = new ElfNotes();
        foreach (ElfSegment segment in segments.All)
        {
            if (segment.Type == Note && segment.FileSize <= MaxNotes && segment.Offset <= file.Size
                && segment.FileSize <= file.Size - segment.Offset)
            {
                notes.Add(header.Data, file.ReadTable(segment.Offset, segment.FileSize, "the notes").Span, segment.Alignment);
            }
        }

        return notes;
    }

    /// <summary>The highest version that is needed of each of the toolchain's own libraries.</summary>
    private static List<BinaryRequirement> FindMinimum(IReadOnlyList<BinaryVersionNeed> needs, string? kernel)
    {
        string[] known = ["GLIBC", "GLIBCXX", "CXXABI", "GCC"];
        var found = new SortedDictionary<int, Version>();
        foreach (BinaryVersionNeed need in needs)
        {
            // A library with DT_RELR needs a loader that knows it: that of glibc 2.36.
            string text = need.Version == "GLIBC_ABI_DT_RELR" ? "GLIBC_2.36" : need.Version;
            int end = text.LastIndexOf('_');
            int index = end < 0 ? -1 : Array.IndexOf(known, text[..end]);
            string number = text[(end + 1)..];
            if (index >= 0 && Version.TryParse(number.Contains('.', StringComparison.Ordinal) ? number : number + ".0", out Version? version)
                && (!found.TryGetValue(index, out Version? other) || version > other))
            {
                found[index] = version;
            }
        }

        List<BinaryRequirement> minimum = [.. found.Select(pair => new BinaryRequirement(known[pair.Key], pair.Value.ToString()))];
        if (kernel is not null)
        {
            minimum.Add(new BinaryRequirement("Linux", kernel));
        }

        return minimum;
    }

    /// <summary>gABI, chapter 5, "Note Section"; the GNU notes from elf.h.</summary>
    private sealed class ElfNotes
    {
        private const uint AbiTag = 1;  // NT_GNU_ABI_TAG
        private const uint BuildTag = 3; // NT_GNU_BUILD_ID

        public string? BuildId { get; private set; }

        public string? KernelVersion { get; private set; }

        public void Add(ElfData data, ReadOnlySpan<byte> bytes, ulong alignment)
        {
            long step = alignment == 8 ? 8 : 4;
            long at = 0;
            while (at + 12 <= bytes.Length)
            {
                uint nameSize = data.U32(bytes, (int)at);
                uint size = data.U32(bytes, (int)at + 4);
                uint type = data.U32(bytes, (int)at + 8);
                long start = Align(at + 12 + nameSize, step);
                if (start + size > bytes.Length)
                {
                    return;
                }

                if (nameSize == 4 && bytes.Slice((int)at + 12, 4).SequenceEqual("GNU\0"u8))
                {
                    Take(data, type, bytes.Slice((int)start, (int)size));
                }

                at = Align(start + size, step);
            }
        }

        private void Take(ElfData data, uint type, ReadOnlySpan<byte> content)
        {
            if (type == BuildTag && content.Length is > 0 and <= 64)
            {
                BuildId = Convert.ToHexStringLower(content);
            }
            else if (type == AbiTag && content.Length >= 16 && data.U32(content, 0) == 0)
            {
                KernelVersion = string.Create(
                    CultureInfo.InvariantCulture, $"{data.U32(content, 4)}.{data.U32(content, 8)}.{data.U32(content, 12)}");
            }
        }

        private static long Align(long value, long step) => (value + step - 1) / step * step;
    }
}
