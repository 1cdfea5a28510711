namespace NativePlugins.Conform;

/// <summary>What is wrong with the ELF header: glibc, elf/dl-load.c, "open_verify".</summary>
internal static class HeaderPairs
{
    private const int Class = 4;
    private const int Data = 5;
    private const int Version = 6;
    private const int OsAbi = 7;
    private const int AbiVersion = 8;
    private const int Padding = 9;
    private const int Type = 16;
    private const int Machine = 18;
    private const int FileVersion = 20;
    private const int HeaderOffset = 32;
    private const int HeaderEntrySize = 54;
    private const int HeaderCount = 56;
    private const byte Gnu = 3;

    public static RefusalPair[] All { get; } =
    [
        RefusalCorpus.Edit("empty-file", editor => editor.Cut(0)),
        RefusalCorpus.Edit("file-ends-in-header", editor => editor.Cut(63)),
        RefusalCorpus.Edit("file-ends-in-program-headers", editor => editor.Cut(64 + 56)),
        RefusalCorpus.Edit("file-ends-in-segment", editor => editor.Cut((int)editor.U64(editor.Segments(LibraryEditor.Load)[^1] + 8)), editor => editor.Cut(editor.Bytes.Length - 1)),
        RefusalCorpus.Edit("magic", editor => editor.Set8(0, 0x7E)),
        RefusalCorpus.Edit("class", editor => editor.Set8(Class, 1)),
        RefusalCorpus.Edit("byte-order", editor => editor.Set8(Data, 2)),
        RefusalCorpus.Edit("ident-version", editor => editor.Set8(Version, 2)),
        RefusalCorpus.Edit("os-abi", editor => editor.Set8(OsAbi, 9), editor => editor.Set8(OsAbi, Gnu)),
        RefusalCorpus.Edit("abi-version-of-system-v", editor => editor.Set8(AbiVersion, 1), editor =>
        {
            editor.Set8(OsAbi, Gnu);
            editor.Set8(AbiVersion, 1);
        }),
        RefusalCorpus.Edit("abi-version-of-gnu", editor =>
        {
            editor.Set8(OsAbi, Gnu);
            editor.Set8(AbiVersion, 4);
        }, editor =>
        {
            editor.Set8(OsAbi, Gnu);
            editor.Set8(AbiVersion, 3);
        }),
        RefusalCorpus.Edit("first-byte-of-padding", editor => editor.Set8(Padding, 1)),
        RefusalCorpus.Edit("last-byte-of-padding", editor => editor.Set8(Type - 1, 0x80)),
        RefusalCorpus.Edit("file-version", editor => editor.Set32(FileVersion, 2)),
        RefusalCorpus.Edit("file-version-zero", editor => editor.Set32(FileVersion, 0)),
        RefusalCorpus.Edit("machine", editor => editor.Set16(Machine, 183)),
        RefusalCorpus.Edit("object-file", editor => editor.Set16(Type, 1)),
        RefusalCorpus.Edit("fixed-address", editor => editor.Set16(Type, 2)),
        RefusalCorpus.Edit("core-dump", editor => editor.Set16(Type, 4)),
        RefusalCorpus.Edit("processor-specific-type", editor => editor.Set16(Type, 0xFF00)),
        RefusalCorpus.Edit("size-of-program-header", editor => editor.Set16(HeaderEntrySize, 55)),
        RefusalCorpus.Edit("no-program-headers", editor => editor.Set16(HeaderCount, 0)),
        RefusalCorpus.Edit("program-headers-outside", editor => editor.Set64(HeaderOffset, (ulong)editor.Bytes.Length)),
    ];
}
