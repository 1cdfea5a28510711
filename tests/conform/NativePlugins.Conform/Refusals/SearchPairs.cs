namespace NativePlugins.Conform;

/// <summary>Where a needed library is, and is not, looked for: glibc, elf/dl-load.c, "_dl_map_object", "open_path" and "_dl_dst_substitute".</summary>
internal static class SearchPairs
{
    private const string Name = "libprovider.so";
    private const string Uses = "int helper(void); int np_plugin_entry_v1(void) { return helper(); }";
    private const string Helper = "int helper(void) { return 1; }";

    public static RefusalPair[] All { get; } =
    [
        RunPath("library-is-missing", "$ORIGIN/nothing", "$ORIGIN/good"),
        First("first-is-a-directory", side => side.Directory("bad/" + Name), side => side.Directory("bad")),
        First("first-is-empty", side => side.Write("bad/" + Name, []), _ => { }),
        First("first-is-a-text", side => side.Write("bad/" + Name, "INPUT(libprovider.so.1)\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"u8.ToArray()), side => side.Write("bad/other", [1])),
        First("first-is-too-short", side => side.Write("bad/" + Name, [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]), OtherClass),
        First("first-is-for-another-byte-order", side => Changed(side, editor => editor.Set8(5, 2)), OtherMachine),
        First("first-is-for-another-system", side => Changed(side, editor => editor.Set8(7, 9)), OtherMachine),
        First("first-has-padding", side => Changed(side, editor => editor.Set8(12, 1)), OtherMachine),
        First("first-is-an-object-file", side => Changed(side, editor => editor.Set16(16, 1)), OtherMachine),
        First("first-is-malformed", side => Changed(side, editor => editor.Set16(54, 1)), OtherClass),
        First("first-is-a-link-to-itself", side => Link(side, "bad/" + Name, Name), side => Link(side, "bad/" + Name, "nothing")),
        First("first-has-too-long-a-name", side => side.Directory("bad"), _ => { }, new string('n', 300)),
        new("first-is-a-pipe", side => WithPipe(side, isPipe: true), side => WithPipe(side, isPipe: false), IsSlow: true),
        RunPath("token-goes-on", "$ORIGINS/good", "$ORIGIN/good"),
        RunPath("token-with-one-brace", "${ORIGIN/good", "${ORIGIN}/good"),
        RunPath("token-of-another-name", "$HOME/good", "${ORIGIN}/./good"),
        RunPath("element-is-a-file", "$ORIGIN/library.so", "$ORIGIN/library.so:$ORIGIN/good"),
        RunPath("elements-are-apart-by-colons", "$ORIGIN/nothing;$ORIGIN/good", "$ORIGIN/nothing:$ORIGIN/good"),
        RunPath("long-run-path", Long("$ORIGIN/nothing"), Long("$ORIGIN/good")),
        RunPath("long-element", "/" + new string('d', 5000), "/" + new string('d', 5000) + ":$ORIGIN/good"),
        Token("directory-of-the-platform", "$PLATFORM", "x86_64", "x86-64"),
        Token("directory-of-the-system", "$LIB", "lib/x86_64-linux-gnu", "lib/x86-64-linux-gnu"),
        Placed("level-directory", "good/glibc-hwcaps/x86-64-v9", "good/glibc-hwcaps/x86-64-v2"),
        Placed("older-directory", "good/tlsx", "good/tls"),
        Placed("older-directories", "good/x86_64/tls", "good/tls/x86_64"),
        Placed("unknown-directory", "good/glibc-hwcaps", "good"),
        new("inherited-run-path", side => Inherited(side, "--enable-new-dtags"), side => Inherited(side, "--disable-new-dtags")),
        new("path-with-run-path", side => Both(side, "$ORIGIN/nothing"), side => Both(side, "$ORIGIN/good")),
        new("no-default-directories", side => OfSystem(side, "-Wl,-z,nodefaultlib"), side => OfSystem(side, "-Wl,-z,now")),
        Needed("needed-by-a-path", "/nothing/at/all/libprovider.so", "$ORIGIN/good/libprovider.so"),
        Needed("needed-by-a-token", "$ORIGINS/good/libprovider.so", "${ORIGIN}/good/libprovider.so"),
        Needed("needed-by-a-path-that-is-a-directory", "$ORIGIN/good", "$ORIGIN/good/../good/libprovider.so"),
    ];

    /// <summary>The library lies in <c>good</c>.</summary>
    private static RefusalPair RunPath(string name, string refused, string accepted) => new(name, side => Make(side, refused), side => Make(side, accepted));

    private static void Make(RefusalSide side, string runPath, string place = "good")
    {
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + Name), "-Wl,--enable-new-dtags,-rpath," + runPath);
        side.Put(place + "/" + Name, Helper, "-Wl,-soname," + Name);
    }

    private static RefusalPair Placed(string name, string refused, string accepted) =>
        new(name, side => Make(side, "$ORIGIN/good", refused), side => Make(side, "$ORIGIN/good", accepted));

    private static RefusalPair Token(string name, string token, string value, string other) =>
        new(name, side => Make(side, "$ORIGIN/" + token, other), side => Make(side, "$ORIGIN/" + token, value));

    /// <summary>Something lies in <c>bad</c>, which is searched first.</summary>
    private static RefusalPair First(string name, Action<RefusalSide> refused, Action<RefusalSide> accepted, string? needed = null) => new(
        name,
        side =>
        {
            Make(side, "$ORIGIN/bad:$ORIGIN/good");
            if (needed is not null)
            {
                side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + needed), "-Wl,-rpath,$ORIGIN/bad:$ORIGIN/good");
            }

            refused(side);
        },
        side =>
        {
            Make(side, "$ORIGIN/bad:$ORIGIN/good");
            accepted(side);
        });

    private static void Changed(RefusalSide side, Action<LibraryEditor> change)
    {
        side.Put("bad/" + Name, Helper, "-Wl,-soname," + Name);
        side.Edit(change, "bad/" + Name);
    }

    private static void OtherMachine(RefusalSide side) => Changed(side, editor => editor.Set16(18, 183));

    private static void OtherClass(RefusalSide side) => Changed(side, editor => editor.Set8(4, 1));

    private static void Link(RefusalSide side, string name, string target)
    {
        side.Directory("bad");
        File.CreateSymbolicLink(side.In(name), target);
    }

    private static void WithPipe(RefusalSide side, bool isPipe)
    {
        Make(side, "$ORIGIN/bad:$ORIGIN/good");
        side.Directory("bad");
        if (isPipe)
        {
            Child.Run("mkfifo", side.In("bad/" + Name));
        }
    }

    private static string Long(string last) =>
        string.Join(':', Enumerable.Range(0, 60).Select(i => $"/opt/store/linux-debian12-x86_64/gcc-12.2.0/package-number-{i:D2}-abcdefghijklmnopqrstuvwxyz012345/lib")) + ":" + last;

    /// <summary>What the library needs has no search path of its own.</summary>
    private static void Inherited(RefusalSide side, string option)
    {
        const string Middle = "int helper(void); int middle(void) { return helper(); }";
        string middle = side.Get(Middle, "-Wl,-soname,libmiddle.so", side.Get(Helper, "-Wl,-soname," + Name));
        side.Compile("int middle(void); int np_plugin_entry_v1(void) { return middle(); }", middle, "-Wl,--allow-shlib-undefined", $"-Wl,{option},-rpath,$ORIGIN/good");
        side.Put("good/libmiddle.so", Middle, "-Wl,-soname,libmiddle.so", side.Get(Helper, "-Wl,-soname," + Name));
        side.Put("good/" + Name, Helper, "-Wl,-soname," + Name);
    }

    /// <summary>DT_RPATH leads to the library, and there is DT_RUNPATH too.</summary>
    private static void Both(RefusalSide side, string runPath)
    {
        const ulong RPath = 15;
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + Name), $"-Wl,--enable-new-dtags,-rpath,{runPath}", "-Wl,-soname,$ORIGIN/good");
        side.Edit(editor => editor.Set64(editor.EntryOf(14), RPath));
        side.Put("good/" + Name, Helper, "-Wl,-soname," + Name);
    }

    /// <summary>A library of the C library's that no small program has loaded.</summary>
    private static void OfSystem(RefusalSide side, string option) =>
        side.Compile("int np_plugin_entry_v1(void) { return 0; }", option, "-Wl,--no-as-needed", "-lBrokenLocale");

    private static RefusalPair Needed(string name, string refused, string accepted) => new(name, side => ByName(side, refused), side => ByName(side, accepted));

    private static void ByName(RefusalSide side, string needed)
    {
        side.Compile(Uses, side.Get(Helper, "-Wl,-soname," + needed));
        side.Put("good/" + Name, Helper, "-Wl,-soname," + Name);
    }
}
