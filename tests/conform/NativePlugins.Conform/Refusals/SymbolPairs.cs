namespace NativePlugins.Conform;

/// <summary>What is wrong with names and relocations: glibc, elf/dl-lookup.c, dl-reloc.c, sysdeps/x86_64/dl-machine.h.</summary>
internal static class SymbolPairs
{
    private const int Info = 4;
    private const int Other = 5;
    private const int Section = 6;
    private const int Value = 8;
    private const uint Direct = 1;     // R_X86_64_64
    private const uint Relative = 8;
    private const uint Function = 7;
    private const string Uses = "int helper(void); int np_plugin_entry_v1(void) { return helper(); }";
    private const string Helper = "int helper(void) { return 1; } int other(void) { return 2; }";

    public static RefusalPair[] All { get; } =
    [
        new("name-is-not-defined", side => side.Compile(Uses), side => side.Compile("int helper(void) __attribute__((weak)); int np_plugin_entry_v1(void) { return helper ? 1 : 0; }")),
        new("data-is-not-defined", side => side.Compile("extern int nowhere; int *np_plugin_entry_v1(void) { return &nowhere; }"),
            side => side.Compile("extern int nowhere __attribute__((weak)); int *np_plugin_entry_v1(void) { return &nowhere; }")),
        new("thread-local-name-is-not-defined", side => side.Compile("extern __thread int nowhere; int *np_plugin_entry_v1(void) { return &nowhere; }"),
            side => side.Compile("__thread int nowhere; int *np_plugin_entry_v1(void) { return &nowhere; }")),
        Provider("definition-is-local", editor => editor.Set8(editor.SymbolOf("helper") + Info, 0x02)),
        Provider("definition-is-hidden", editor => editor.Set8(editor.SymbolOf("helper") + Other, 2), editor => editor.Set8(editor.SymbolOf("helper") + Other, 3)),
        Provider("definition-is-internal", editor => editor.Set8(editor.SymbolOf("helper") + Other, 1)),
        Provider("definition-is-undefined", editor => editor.Set16(editor.SymbolOf("helper") + Section, 0), editor => editor.Set16(editor.SymbolOf("helper") + Section, 0xFFF1)),
        Provider("definition-has-no-value", editor => editor.Set64(editor.SymbolOf("helper") + Value, 0)),
        Provider("definition-is-a-section", editor => editor.Set8(editor.SymbolOf("helper") + Info, 0x13), editor => editor.Set8(editor.SymbolOf("helper") + Info, 0x10)),
        Provider("definition-is-a-file-name", editor => editor.Set8(editor.SymbolOf("helper") + Info, 0x14), editor => editor.Set8(editor.SymbolOf("helper") + Info, 0x22)),
        RefusalCorpus.Edit("unknown-relocation", editor => Retype(editor, Relative, 99)),
        RefusalCorpus.Edit("relocation-for-linkers-only", editor => Retype(editor, Direct, 24), editor => Retype(editor, Direct, 6)),
        RefusalCorpus.Edit("unknown-relocation-of-a-function", editor => Retype(editor, Function, 200, ofFunctions: true), editor => Retype(editor, Function, 6, ofFunctions: true)),
        RefusalCorpus.Edit("relocation-outside", editor => editor.Set64(editor.RelocationOf(LibraryEditor.Rela, LibraryEditor.RelaSize, Direct), 1UL << 40)),
        RefusalCorpus.Edit("relocation-of-a-symbol-outside", editor => editor.Set32(editor.RelocationOf(LibraryEditor.Rela, LibraryEditor.RelaSize, Direct) + 12, 1 << 24)),
    ];

    private static RefusalPair Provider(string name, Action<LibraryEditor> refused, Action<LibraryEditor>? accepted = null) => new(
        name, side => Make(side, refused), side => Make(side, accepted ?? (_ => { })));

    private static void Make(RefusalSide side, Action<LibraryEditor> change)
    {
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname,libprovider.so"), "-Wl,-rpath,$ORIGIN");
        side.Put("libprovider.so", Helper, "-Wl,-soname,libprovider.so");
        side.Edit(change, "libprovider.so");
    }

    private static void Retype(LibraryEditor editor, uint from, uint to, bool ofFunctions = false)
    {
        int at = ofFunctions
            ? editor.RelocationOf(LibraryEditor.PltRelocations, LibraryEditor.PltRelocationsSize, from)
            : editor.RelocationOf(LibraryEditor.Rela, LibraryEditor.RelaSize, from);
        editor.Set32(at + 8, to);
    }
}
