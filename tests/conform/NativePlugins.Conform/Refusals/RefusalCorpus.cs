namespace NativePlugins.Conform;

/// <summary>
/// A pair for each refusal of glibc's loader that a file's bytes show: elf/dl-load.c, dl-deps.c, dl-version.c, dl-reloc.c, dl-lookup.c,
/// sysdeps/x86/dl-prop.h. The page of refusals names them.
/// </summary>
internal static class RefusalCorpus
{
    /// <summary>A library that needs the C library, and has data, a relocation to it and a function.</summary>
    public const string Source = "#include <stdio.h>\nint used(void) { return puts(\"\"); } int data = 1; int *pointer = &data; int np_plugin_entry_v1(void) { return 0; }";

    public static IReadOnlyList<RefusalPair> All { get; } =
    [
        .. HeaderPairs.All, .. SegmentPairs.All, .. DynamicPairs.All, .. VersionPairs.All, .. SymbolPairs.All, .. SearchPairs.All, .. DependencyPairs.All,
    ];

    /// <summary>A pair that differs in one change of the same library; the neighbour's is none where it is not said.</summary>
    public static RefusalPair Edit(string name, Action<LibraryEditor> refused, Action<LibraryEditor>? accepted = null) => new(
        name,
        side =>
        {
            side.Compile(Source);
            side.Edit(refused);
        },
        side =>
        {
            side.Compile(Source);
            side.Edit(accepted ?? (_ => { }));
        });
}
