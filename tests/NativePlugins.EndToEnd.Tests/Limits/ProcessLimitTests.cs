namespace NativePlugins.EndToEnd.Tests;

/// <summary>What only the process knows of a library that could be loaded elsewhere: <c>host inspect</c> shows it, with the figure.</summary>
[Trait("Category", "Published")]
public class ProcessLimitTests
{
    [Fact]
    public void Inspect_shows_what_is_left_of_a_limit_of_the_address_space()
    {
        HostResult result = Limited(4_000_000, "inspect", Sample("hello_c")).Exits(0);

        Assert.Matches("\n  addresses  [0-9,]+ bytes, of [0-9,]+ that this process has left of its limit", result.Output);
    }

    [Fact]
    public void Inspect_refuses_a_plugin_in_CSharp_whose_runtime_has_no_room_here()
    {
        HostResult result = Limited(1_000_000, "inspect", Sample("hello_world")).Exits(1);

        Assert.Contains("NP3009", result.Output, StringComparison.Ordinal);
        Assert.Contains("1,024 MiB are the range of its garbage collector", result.Output, StringComparison.Ordinal);
    }

    [UnlimitedFact]
    public void Without_a_limit_inspect_shows_none() => Assert.DoesNotContain(
        "addresses", HostProcess.Run("inspect", Sample("hello_c")).Exits(0).Output, StringComparison.Ordinal);

    [FilterFact]
    public void Inspect_warns_of_a_seccomp_filter()
    {
        HostResult result = HostProcess.RunProgram(NativeFixtures.Filter, new HostEnvironment(), Repository.Host, "inspect", Sample("hello_c")).Exits(0);

        Assert.Matches("\n  policies   .*a seccomp filter.*: may forbid", result.Output);
    }

    [FilterFact]
    public void A_refusal_of_a_seccomp_filter_is_explained_by_it()
    {
        using var scratch = new Scratch();
        string source = scratch.Write("large.c", "#include \"echo.c\"\n__asm__(\".section .text.large,\\\"ax\\\",@progbits\\n.space 16777216\\n.previous\");\n");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", scratch.PathOf("liblarge.so"), source);

        HostResult result = HostProcess.RunProgram(NativeFixtures.Filter, new HostEnvironment(), Repository.Host, scratch.PathOf("liblarge.so")).Exits(77);

        Assert.StartsWith("host: NP3008: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("in force: a seccomp filter", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_shows_the_LD_LIBRARY_PATH_that_counts()
    {
        using var scratch = new Scratch();
        var environment = new HostEnvironment { Variables = { ["LD_LIBRARY_PATH"] = scratch.Root } };

        HostResult result = HostProcess.RunIn(environment, "inspect", Sample("hello_c")).Exits(0);

        Assert.Contains($"\n  searched   LD_LIBRARY_PATH, {scratch.Root}: that of this process when it started\n", result.Output, StringComparison.Ordinal);
    }

    [PrivateMountFact]
    public void Inspect_refuses_what_lies_on_a_file_system_without_code()
    {
        using var scratch = new Scratch();
        string directory = scratch.Folder("mount");
        string script = $"mount -t tmpfs -o noexec,mode=700 none \"$0\" && cp '{NativeFixtures.PathOf("echo")}' \"$0\" && exec '{Repository.Host}' inspect \"$0/libecho.so\"";

        HostResult result = HostProcess.RunProgram("unshare", new HostEnvironment(), [.. PrivateMountFactAttribute.Unshare, "sh", "-c", script, directory]).Exits(1);

        Assert.Contains("NP3003", result.Output, StringComparison.Ordinal);
        Assert.Contains(directory, result.Output, StringComparison.Ordinal);
    }

    private static string Sample(string name) => Path.Combine(Repository.Dist, $"lib{name}.so");

    private static HostResult Limited(int kibibytes, params string[] arguments) => HostProcess.RunProgram(
        "/bin/sh", new HostEnvironment(), ["-c", $"ulimit -v {kibibytes}; exec \"$0\" \"$@\"", Repository.Host, .. arguments]);

    /// <summary>A test without a limit of the address space, skipped where one is set for the tests.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class UnlimitedFactAttribute : FactAttribute
    {
        public UnlimitedFactAttribute() =>
            Skip = Tool.Run("/bin/sh", "-c", "ulimit -v").Trim() is var limit and not "unlimited" ? $"The tests may have {limit} KiB of address space." : null;
    }

    /// <summary>A test with a seccomp filter, skipped where the system gives none.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FilterFactAttribute : FactAttribute
    {
        public FilterFactAttribute() =>
            Skip = Tool.Try(NativeFixtures.Filter, "/bin/true") is { ExitCode: not 0 } tried ? $"No filter can be installed here: {tried.Error.Trim()}" : null;
    }
}
