using System.Globalization;
using System.Text;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What is in dist/ needs nothing but libc, and brings nothing along that it should not.</summary>
public class StandaloneTests
{
    private static readonly string[] s_libc = ["linux-vdso.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"];

    // V1.0 is the version under which NativeAOT's linker script exports; DotNetRuntimeDebugHeader is for debuggers.
    private static readonly string[] s_runtimeExports = ["DotNetRuntimeDebugHeader", "V1.0"];

    /// <summary>The symbols of the library are those of what NativeAOT has kept.</summary>
    [Theory]
    [InlineData("GivenObjects", "objects of contracts, which it does not have")]
    [InlineData("TerminalFormatStrings", "the framework's own console, which only a managed generation looks at")]
    public void A_plugin_that_greets_carries_no_code_of(string type, string what) =>
        Assert.False(
            File.ReadAllBytes(Path.Combine(Repository.Dist, "libhello_world.so.dbg")).AsSpan().IndexOf(Encoding.ASCII.GetBytes(type)) >= 0,
            $"libhello_world.so has {type}: code of {what}");

    [ChrootFact]
    public void With_nothing_around_but_libc_every_plugin_in_dist_greets()
    {
        using var scratch = new Scratch();
        foreach (string file in Directory.GetFiles(Repository.Dist).Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal)))
        {
            File.Copy(file, scratch.PathOf(Path.GetFileName(file)));
        }

        foreach (string library in Needed(Repository.Host).Where(path => path.StartsWith('/')))
        {
            Directory.CreateDirectory(scratch.PathOf(Path.GetDirectoryName(library)!.TrimStart('/')));
            File.Copy(library, scratch.PathOf(library.TrimStart('/')));
        }

        foreach (string plugin in Directory.GetFiles(Repository.Dist, "libhello_*.so").Select(Path.GetFileName).OfType<string>())
        {
            HostResult result = HostProcess.RunProgram(
                "env", new HostEnvironment(), ["-i", .. ChrootFactAttribute.Command, scratch.Root, "/host", plugin]).Exits(0);

            Assert.Equal("Hello, world!\n", result.Output);
        }
    }

    [Theory]
    [InlineData("host")]
    [InlineData("libhello_world.so")]
    [InlineData("libhello_c.so")]
    [InlineData("libhello_cpp.so")]
    public void It_needs_no_library_but_libc(string file) =>
        Assert.All(Needed(Path.Combine(Repository.Dist, file)), path => Assert.Contains(Path.GetFileName(path), s_libc));

    [Fact]
    public void A_plugin_exports_its_entry_and_what_the_runtime_exports()
    {
        string[] exported =
        [
            .. Tool.Run("nm", "--dynamic", "--defined-only", Path.Combine(Repository.Dist, "libhello_world.so"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1].Split('@')[0]),
        ];

        Assert.Contains("np_plugin_entry_v1", exported);
        Assert.Contains("DotNetRuntimeDebugHeader", exported);
        Assert.Empty(exported.Except(["np_plugin_entry_v1", .. s_runtimeExports]));
    }

    [Fact]
    public void The_first_call_of_a_plugin_takes_at_most_1_5_GiB_of_address_space()
    {
        string library = Path.Combine(Repository.Dist, "libhello_world.so");
        HostResult result = HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), "address-space", library).Exits(0);

        long bytes = long.Parse(result.Output, CultureInfo.InvariantCulture);
        Assert.InRange(bytes, 1, 3L << 29);
    }

    [Fact]
    public void The_greeting_is_nowhere_in_the_host()
    {
        byte[] host = File.ReadAllBytes(Repository.Host);

        Assert.Equal(-1, host.AsSpan().IndexOf("Hello, "u8));
        Assert.Equal(-1, host.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("Hello, ")));
    }

    // "libc.so.6 => /lib/…/libc.so.6 (0x…)", or without an arrow "/lib64/ld-linux-x86-64.so.2 (0x…)".
    private static IEnumerable<string> Needed(string file) =>
        Tool.Run("ldd", file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Trim() != "statically linked")
            .Select(line => line.Split("=>")[^1].Trim().Split(' ')[0]);
}
