namespace NativePlugins.Conform;

/// <summary>What is wrong with a library that is needed, as it may be with the one that is opened.</summary>
internal static class DependencyPairs
{
    private const string Name = "libprovider.so";
    private const string Uses = "int helper(void); int np_plugin_entry_v1(void) { return helper(); }";
    private const string Helper = "#include <stdio.h>\nint data = 1; int *pointer = &data; int helper(void) { return puts(\"\"); }";

    public static RefusalPair[] All { get; } =
    [
        Change("needed-forbids-opening", editor => editor.Append(LibraryEditor.Flags1, 0x40), editor => editor.Append(LibraryEditor.Flags1, 1)),
        Change("needed-is-a-program", editor => editor.Append(LibraryEditor.Flags1, 0x08000000)),
        Change("needed-has-a-fixed-address", editor => editor.Set16(16, 2)),
        Change("needed-has-padding", editor => editor.Set8(15, 1)),
        Change("needed-has-another-file-version", editor => editor.Set32(20, 3)),
        Change("needed-has-no-dynamic-section", editor => editor.Set64(editor.Segments(LibraryEditor.Dynamic)[0] + 32, 0)),
        Change("needed-cannot-be-mapped", editor => Move(editor, 1), editor => editor.Set64(editor.Segments(LibraryEditor.Load)[^1] + 48, 0x200000)),
        Change("needed-has-an-unknown-relocation", editor => editor.Set32(editor.RelocationOf(LibraryEditor.Rela, LibraryEditor.RelaSize, 8) + 8, 99)),
        Change("needed-has-another-form-of-versions", editor => editor.Set16(editor.OffsetOf(editor.ValueOf(LibraryEditor.VersionNeeds)), 2)),
        Change("needed-is-for-a-newer-processor", editor => SegmentPairs.WriteLevel(editor, 1u << 30), editor => SegmentPairs.WriteLevel(editor, 1), "-Wl,-z,x86-64-v2"),
        Change("needed-has-packed-relocations", DynamicPairs.TakeMarker, options: "-Wl,-z,pack-relative-relocs"),
        new("needed-needs-what-is-missing", side => Chain(side, hasLast: false), side => Chain(side, hasLast: true)),
        new("needed-leaves-a-name-open", side => Open(side, "int unused;"), side => Open(side, "int from_opened(void) { return 1; }")),
        new("static-thread-local-data-of-both", side => Both(side, 1500), side => Both(side, 64)),
        new("needs-itself", side => Cycle(side, "libnowhere.so"), side => Cycle(side, Name)),
    ];

    private static RefusalPair Change(string name, Action<LibraryEditor> refused, Action<LibraryEditor>? accepted = null, string options = "-Wl,-z,lazy") => new(
        name, side => Make(side, refused, options), side => Make(side, accepted ?? (_ => { }), options));

    private static void Make(RefusalSide side, Action<LibraryEditor> change, string options)
    {
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + Name, options), "-Wl,-rpath,$ORIGIN");
        side.Put(Name, Helper, "-Wl,-soname," + Name, options);
        side.Edit(change, Name);
    }

    private static void Move(LibraryEditor editor, ulong distance)
    {
        int at = editor.Segments(LibraryEditor.Load)[^1] + 8;
        editor.Set64(at, editor.U64(at) - distance);
    }

    private static void Chain(RefusalSide side, bool hasLast)
    {
        const string Last = "int last(void) { return 1; }";
        const string Middle = "int last(void); int helper(void) { return last(); }";
        string last = side.Get(Last, "-Wl,-soname,liblast.so");
        side.Compile(Uses, side.Get(Middle, "-Wl,-soname," + Name, last, "-Wl,-rpath,$ORIGIN"), "-Wl,-rpath,$ORIGIN", "-Wl,--allow-shlib-undefined");
        side.Put(Name, Middle, "-Wl,-soname," + Name, last, "-Wl,-rpath,$ORIGIN");
        if (hasLast)
        {
            side.Put("liblast.so", Last, "-Wl,-soname,liblast.so");
        }
    }

    private static void Open(RefusalSide side, string own)
    {
        const string Opening = "int from_opened(void); int helper(void) { return from_opened(); }";
        side.Compile(Uses + own, side.Get(Opening, "-Wl,-soname," + Name), "-Wl,-rpath,$ORIGIN", "-Wl,--allow-shlib-undefined");
        side.Put(Name, Opening, "-Wl,-soname," + Name);
    }

    private static void Both(RefusalSide side, int size)
    {
        string helper = Local("helper", size);
        side.Compile($"char *helper(int); {Local("own", size)} char *np_plugin_entry_v1(int i) {{ return helper(i); }}",
            side.Get(helper, "-Wl,-soname," + Name), "-Wl,-rpath,$ORIGIN");
        side.Put(Name, helper, "-Wl,-soname," + Name);
    }

    private static string Local(string function, int size) =>
        $"static __thread char local[{size}] __attribute__((tls_model(\"initial-exec\"))); char *{function}(int i) {{ return &local[i]; }}";

    private static void Cycle(RefusalSide side, string needed)
    {
        string stub = side.Get(Helper, "-Wl,-soname," + needed);
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + Name), "-Wl,-rpath,$ORIGIN");
        side.Put(Name, "int helper(void) { return 1; } extern int data; int *use = &data; int data = 2;", "-Wl,-soname," + Name, "-Wl,--no-as-needed", stub, "-Wl,-rpath,$ORIGIN");
    }
}
