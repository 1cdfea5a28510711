namespace NativePlugins.Conform;

/// <summary>What is wrong with versions: glibc, elf/dl-version.c.</summary>
internal static class VersionPairs
{
    private const string Uses = "int helper(void); int np_plugin_entry_v1(void) { return helper(); }";
    private const string Helper = "int helper(void) { return 1; } int other(void) { return 2; }";
    private const string Needed = "GLIBC_2.2.5";

    public static RefusalPair[] All { get; } =
    [
        RefusalCorpus.Edit("form-of-needed-versions", editor => editor.Set16(editor.OffsetOf(editor.ValueOf(LibraryEditor.VersionNeeds)), 2)),
        RefusalCorpus.Edit("hash-of-needed-version", editor => editor.Set32(editor.NeedOf(Needed), 1)),
        RefusalCorpus.Edit("needed-version-of-a-library-that-is-not-needed", editor =>
        {
            int needs = editor.OffsetOf(editor.ValueOf(LibraryEditor.VersionNeeds));
            editor.Set32(needs + 4, editor.TextOf("used"));
        }),
        Provider("version-is-not-defined", editor => Rename(editor, "V_1", "V_2"), null),
        Provider("form-of-defined-versions", editor => editor.Set16(editor.DefinitionOf("V_1"), 2), null),
        Provider("hash-of-defined-version", editor => editor.Set32(editor.DefinitionOf("V_1") + 8, 1), null),
        new("version-is-missing-and-not-weak", side => WeakNeed(side, isWeak: false), side => WeakNeed(side, isWeak: true)),
        new("name-is-in-another-version", side => Linked(side, "V_1", "V_1 { global: other; local: *; }; V_2 { global: helper; } V_1;"), side => Linked(side, "V_1", null)),
    ];

    /// <summary>A library that needs a version of another one, which is changed.</summary>
    private static RefusalPair Provider(string name, Action<LibraryEditor> refused, Action<LibraryEditor>? accepted) => new(
        name,
        side =>
        {
            Linked(side, "V_1", null);
            side.Edit(refused, "libprovider.so");
        },
        side =>
        {
            Linked(side, "V_1", null);
            side.Edit(accepted ?? (_ => { }), "libprovider.so");
        });

    private static void Linked(RefusalSide side, string version, string? provided)
    {
        string linked = Script(side, $"{version} {{ global: helper; other; local: *; }};");
        string[] options = ["-Wl,-soname,libprovider.so", "-Wl,--version-script," + linked];
        side.Compile(Uses, side.Get(Helper, options), "-Wl,-rpath,$ORIGIN");
        side.Put("libprovider.so", Helper, provided is null ? options : ["-Wl,-soname,libprovider.so", "-Wl,--version-script," + Script(side, provided)]);
    }

    /// <summary>The provider has another version, and the need of it is weak, or not; the name itself is weak.</summary>
    private static void WeakNeed(RefusalSide side, bool isWeak)
    {
        string script = Script(side, "V_1 { global: helper; local: *; };");
        string[] options = ["-Wl,-soname,libprovider.so", "-Wl,--version-script," + script];
        side.Compile("int helper(void) __attribute__((weak)); int np_plugin_entry_v1(void) { return helper ? helper() : 0; }", "-Wl,--no-as-needed", side.Get(Helper, options), "-Wl,-rpath,$ORIGIN");
        side.Put("libprovider.so", Helper, "-Wl,-soname,libprovider.so", "-Wl,--version-script," + Script(side, "W_9 { global: other; local: *; };"));
        side.Edit(editor => editor.Set16(editor.NeedOf("V_1") + 4, (ushort)(isWeak ? 2 : 0)));
    }

    /// <summary>Another name of the same length, with its hash.</summary>
    private static void Rename(LibraryEditor editor, string from, string to)
    {
        int definition = editor.DefinitionOf(from);
        uint hash = 0;
        foreach (char c in to)
        {
            hash = (hash << 4) + c;
        }

        editor.Set32(definition + 8, hash);
        int text = editor.OffsetOf(editor.ValueOf(LibraryEditor.Strings)) + (int)editor.TextOf(from);
        System.Text.Encoding.ASCII.GetBytes(to).CopyTo(editor.Bytes, text);
    }

    private static string Script(RefusalSide side, string content)
    {
        // Compiled libraries are kept by their options, so another script must have another path.
        string path = side.In("versions" + content.GetHashCode(StringComparison.Ordinal).ToString("x", null));
        File.WriteAllText(path, content);
        return path;
    }
}
