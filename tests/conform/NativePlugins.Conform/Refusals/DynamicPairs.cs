namespace NativePlugins.Conform;

/// <summary>What is wrong with the dynamic section: glibc, elf/get-dynamic-info.h, dl-load.c, dl-deps.c, and what its loader would crash on.</summary>
internal static class DynamicPairs
{
    private const ulong Now = 1;
    private const ulong NoOpen = 0x40;
    private const ulong ProgramIsPositionIndependent = 0x08000000;
    private const string WithTextRelocation = "int data; __asm__(\".text\\n.quad data\\n\");";
    private const string Packed = "-Wl,-z,pack-relative-relocs";

    public static RefusalPair[] All { get; } =
    [
        RefusalCorpus.Edit("forbids-opening", editor => editor.Append(LibraryEditor.Flags1, NoOpen), editor => editor.Append(LibraryEditor.Flags1, Now)),
        RefusalCorpus.Edit("forbids-opening-among-others", editor => editor.Append(LibraryEditor.Flags1, NoOpen | Now), editor => editor.Append(LibraryEditor.Flags1, 8)),
        RefusalCorpus.Edit("position-independent-program", editor => editor.Append(LibraryEditor.Flags1, ProgramIsPositionIndependent)),
        RefusalCorpus.Edit("last-flags-count", editor =>
        {
            editor.Append(LibraryEditor.Flags1, Now);
            editor.Append(LibraryEditor.Flags1, NoOpen);
        }, editor =>
        {
            editor.Append(LibraryEditor.Flags1, NoOpen);
            editor.Append(LibraryEditor.Flags1, Now);
        }),
        RefusalCorpus.Edit("size-of-relocation", editor => editor.SetValue(LibraryEditor.RelaEntry, 16)),
        RefusalCorpus.Edit("kind-of-function-relocations", editor => editor.SetValue(LibraryEditor.PltRelocationsKind, 5)),
        RefusalCorpus.Edit("no-string-table", editor => editor.Remove(LibraryEditor.Strings)),
        RefusalCorpus.Edit("string-table-outside", editor => editor.SetValue(LibraryEditor.Strings, 1UL << 40)),
        RefusalCorpus.Edit("symbol-table-outside", editor => editor.SetValue(LibraryEditor.Symbols, 1UL << 40)),
        RefusalCorpus.Edit("hash-table-outside", editor => editor.SetValue(LibraryEditor.GnuHash, 1UL << 40)),
        RefusalCorpus.Edit("relocations-outside", editor => editor.SetValue(LibraryEditor.Rela, 1UL << 40)),
        new("size-of-packed-relocation", side =>
        {
            side.Compile(RefusalCorpus.Source, Packed);
            side.Edit(editor => editor.SetValue(LibraryEditor.RelrEntry, 4));
        }, side => side.Compile(RefusalCorpus.Source, Packed)),
        new("packed-relocations-not-announced", side =>
        {
            side.Compile(RefusalCorpus.Source, Packed);
            side.Edit(TakeMarker);
        }, side => side.Compile(RefusalCorpus.Source, Packed)),
        new("text-relocations-not-announced", side =>
        {
            side.Compile(WithTextRelocation, "-Wl,-z,notext");
            side.Edit(HideTextRelocations);
        }, side => side.Compile(WithTextRelocation, "-Wl,-z,notext")),
        Filter("filter-is-missing", LibraryEditor.Filter, LibraryEditor.Auxiliary),
    ];

    /// <summary>Lets the marker's entry ask for a version that others ask for too.</summary>
    public static void TakeMarker(LibraryEditor editor)
    {
        int marker = editor.NeedOf("GLIBC_ABI_DT_RELR");
        int other = editor.NeedOf("GLIBC_2.2.5");
        editor.Set32(marker, editor.U32(other));
        editor.Set32(marker + 8, editor.U32(other + 8));
    }

    /// <summary>A library that is nowhere, as one that must be there and as one that need not.</summary>
    private static RefusalPair Filter(string name, ulong refused, ulong accepted) => new(
        name,
        side =>
        {
            side.Compile(RefusalCorpus.Source, "-Wl,-soname,libnowhere_at_all.so");
            side.Edit(editor => editor.Append(refused, editor.TextOf("libnowhere_at_all.so")));
            side.Edit(editor => editor.Remove(14));
        },
        side =>
        {
            side.Compile(RefusalCorpus.Source, "-Wl,-soname,libnowhere_at_all.so");
            side.Edit(editor => editor.Append(accepted, editor.TextOf("libnowhere_at_all.so")));
            side.Edit(editor => editor.Remove(14));
        });

    private static void HideTextRelocations(LibraryEditor editor)
    {
        const ulong Flags = 30;
        editor.Remove(LibraryEditor.TextRelocations);
        try
        {
            editor.SetValue(Flags, editor.ValueOf(Flags) & ~4UL);
        }
        catch (InvalidOperationException)
        {
            // Linkers say it by the flag, by the entry or by both: this library has no such entry.
        }
    }
}
