namespace NativePlugins.Conform;

/// <summary>What is wrong with what would be mapped: glibc, elf/dl-load.c, "_dl_map_object_from_fd", and dl-map-segments.h.</summary>
internal static class SegmentPairs
{
    private const int Offset = 8;
    private const int FileSize = 32;
    private const int MemorySize = 40;
    private const int Alignment = 48;
    private const uint Null = 0;
    public static RefusalPair[] All { get; } =
    [
        RefusalCorpus.Edit("address-and-offset-differ-in-page", editor => Move(editor, 0x100), editor => editor.Set64(Last(editor) + Alignment, 0x200000)),
        RefusalCorpus.Edit("address-and-offset-differ-by-one", editor => Move(editor, 1), editor => editor.Set64(Last(editor) + Alignment, 3)),
        RefusalCorpus.Edit("no-loaded-segment", editor => Array.ForEach(editor.Segments(LibraryEditor.Load), at => editor.Set32(at, Null))),
        RefusalCorpus.Edit("no-dynamic-segment", editor => editor.Set32(editor.Segments(LibraryEditor.Dynamic)[0], Null)),
        RefusalCorpus.Edit("empty-dynamic-segment", editor => editor.Set64(editor.Segments(LibraryEditor.Dynamic)[0] + FileSize, 0)),
        RefusalCorpus.Edit(
            "larger-than-address-space",
            editor => editor.Set64(Last(editor) + MemorySize, 1UL << 48),
            editor => editor.Set64(Last(editor) + MemorySize, editor.U64(Last(editor) + MemorySize) + 4096)),
        Tls("static-thread-local-data", "8192", "64"),
        AlignedTls("alignment-of-static-thread-local-data", 1 << 16, 64),
        Level("processor-level", 1u << 30, 1),
        Level("processor-level-among-others", (1u << 20) | 1, 1),
    ];

    public static RefusalPair Tls(string name, string refused, string accepted) => new(
        name, side => side.Compile(WithLocal(refused)), side => side.Compile(WithLocal(accepted)));

    /// <summary>Writes into the note that gcc leaves in every library; see <see cref="WriteLevel"/>.</summary>
    public static RefusalPair Level(string name, uint refused, uint accepted) => new(
        name,
        side =>
        {
            side.Compile(RefusalCorpus.Source, "-Wl,-z,x86-64-v2");
            side.Edit(editor => WriteLevel(editor, refused));
        },
        side =>
        {
            side.Compile(RefusalCorpus.Source, "-Wl,-z,x86-64-v2");
            side.Edit(editor => WriteLevel(editor, accepted));
        });

    /// <summary>GNU_PROPERTY_X86_ISA_1_NEEDED.</summary>
    public static void WriteLevel(LibraryEditor editor, uint levels)
    {
        int at = editor.Bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x02, 0x80, 0x00, 0xC0, 4, 0, 0, 0]);
        editor.Set32(at + 8, levels);
    }

    private static RefusalPair AlignedTls(string name, ulong refused, ulong accepted) => new(name, side => Align(side, refused), side => Align(side, accepted));

    private static void Align(RefusalSide side, ulong alignment)
    {
        side.Compile(WithLocal("64"));
        side.Edit(editor => editor.Set64(editor.Segments(LibraryEditor.Tls)[0] + Alignment, alignment));
    }

    private static string WithLocal(string size) =>
        $"{RefusalCorpus.Source} static __thread char local[{size}] __attribute__((tls_model(\"initial-exec\"))); char *touch(int i) {{ return &local[i]; }}";

    private static int Last(LibraryEditor editor) => editor.Segments(LibraryEditor.Load)[^1];

    /// <summary>Loads it from elsewhere in the file.</summary>
    private static void Move(LibraryEditor editor, ulong distance) =>
        editor.Set64(Last(editor) + Offset, editor.U64(Last(editor) + Offset) - distance);
}
