namespace NativePlugins.EndToEnd.Tests;

/// <summary>Files whose mode forbids to read them.</summary>
[Trait("Category", "Published")]
public class UnreadableFileTests
{
    [ModeFact]
    public void A_manifest_that_may_not_be_read_is_refused_with_the_reason()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo");
        ModeBits.Close(scratch.Write("libecho.plugin.json", "{}"));

        HostResult run = ModeBits.RunHost(library).Exits(74);

        Assert.StartsWith("host: NP2009: the manifest ", run.Error, StringComparison.Ordinal);
        Assert.Contains("found:    permission denied", run.Error, StringComparison.Ordinal);
    }

    [ModeFact]
    public void A_plugin_whose_manifest_may_not_be_read_is_listed_among_the_others()
    {
        using var scratch = new Scratch();
        scratch.Fixture("echo");
        scratch.Fixture("counters");
        ModeBits.Close(scratch.Write("libecho.plugin.json", "{}"));

        HostResult list = ModeBits.RunHost("list", scratch.Root).Exits(1);

        Assert.Matches("(?m)^counters\t.*\tyes\t", list.Output);
        Assert.Matches("(?m)^echo\t.*\tno: NP2009 ", list.Output);
    }

    [ModeFact]
    public void A_library_that_may_not_be_read_is_refused_with_the_reason()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo");
        ModeBits.Close(library);

        HostResult run = ModeBits.RunHost(library).Exits(74);
        HostResult inspect = ModeBits.RunHost("inspect", library).Exits(74);

        Assert.All([run, inspect], each => Assert.StartsWith("host: NP2009: ", each.Error, StringComparison.Ordinal));
    }

    [ModeFact]
    public void A_needed_library_that_may_not_be_read_is_passed_over()
    {
        using var scratch = new Scratch();
        string first = Needed(scratch, "first"), second = Needed(scratch, "second");
        string plugin = scratch.PathOf("libplugin.so");
        string source = scratch.Write("plugin.c", "#include \"echo.c\"\nint needed(void); int uses_it(void) { return needed(); }\n");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", plugin, source, second,
            "-Wl,--disable-new-dtags,-rpath,$ORIGIN/first,-rpath,$ORIGIN/second");
        ModeBits.Close(first);

        ModeBits.RunHost(plugin).Exits(0);
        HostResult inspect = ModeBits.RunHost("inspect", "--tree", plugin).Exits(0);

        Assert.Contains($"libneeded.so → {second}", inspect.Output, StringComparison.Ordinal);
    }

    [ModeFact]
    public void A_needed_library_that_nobody_may_read_is_missing()
    {
        using var scratch = new Scratch();
        string needed = Needed(scratch, "first");
        string plugin = scratch.PathOf("libplugin.so");
        string source = scratch.Write("plugin.c", "#include \"echo.c\"\nint needed(void); int uses_it(void) { return needed(); }\n");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", plugin, source, needed, "-Wl,-rpath,$ORIGIN/first");
        ModeBits.Close(needed);

        Assert.StartsWith("host: NP3001: ", ModeBits.RunHost(plugin).Exits(69).Error, StringComparison.Ordinal);
        Assert.Contains("NP3001", ModeBits.RunHost("inspect", plugin).Exits(1).Output, StringComparison.Ordinal);
    }

    private static string Needed(Scratch scratch, string folder)
    {
        string library = Path.Combine(scratch.Folder(folder), "libneeded.so");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-Wl,-soname,libneeded.so", "-o", library, scratch.Write("needed.c", "int needed(void) { return 1; }\n"));
        return library;
    }
}
