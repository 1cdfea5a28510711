using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;

namespace NativePlugins.Cli.Tests.Inspecting;

public sealed class InspectTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private readonly string _directory = Directory.CreateTempSubdirectory("inspect-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_verdict_comes_first_then_what_it_is_and_needs()
    {
        HostRun run = HostRun.Of("inspect", Library("libgood.so", Entry + "int puts(const char *); int x(void) { return puts(\"\"); }"));

        string[] lines = run.Output.Split('\n');
        Assert.Equal(0, run.Status);
        Assert.EndsWith("libgood.so", lines[0], StringComparison.Ordinal);
        Assert.Equal("  yes: a plugin that can be loaded here", lines[1]);
        Assert.Contains("└─ libc.so.6 → ", run.Output, StringComparison.Ordinal);
        Assert.Contains("no executable stack", run.Output, StringComparison.Ordinal);
        Assert.Contains("GLIBC 2.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_verdict_ends_with_1_and_names_the_reason()
    {
        HostRun run = HostRun.Of("inspect", Library("libplain.so", "int x;"));

        Assert.Equal(1, run.Status);
        Assert.Contains("NP2007", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        Assert.Equal(0, HostRun.Of("inspect", "--library", File("libplain.so")).Status);
    }

    [Fact]
    public void An_executable_is_shown_whole_and_is_no_failure()
    {
        HostRun run = HostRun.Of("inspect", Compile("program", "int main(void) { return 0; }"));

        Assert.Equal(0, run.Status);
        Assert.Contains("not a library", run.Output, StringComparison.Ordinal);
        Assert.Contains("libc.so.6", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error_and_no_verdict()
    {
        HostRun run = HostRun.Of("inspect", File("absent.so"));

        Assert.Equal(66, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains("NP1001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_it_is_an_object_on_a_line_with_every_member_of_the_schema()
    {
        string good = Library("libgood.so", Entry);
        string bad = File("bad.so");
        System.IO.File.WriteAllText(bad, "text");

        HostRun run = HostRun.Of("inspect", "--json", good, bad);

        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(1, run.Status);
        Assert.Equal(2, lines.Length);
        using JsonDocument schema = JsonDocument.Parse(System.IO.File.ReadAllText(RepositoryRoot.PathOf("docs/inspect.schema.json")));
        string[] required = [.. schema.RootElement.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        Assert.All(lines, line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Assert.Equal(required, document.RootElement.EnumerateObject().Select(member => member.Name));
        });
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.True(first.GetProperty("verdict").GetProperty("loadable").GetBoolean());
        Assert.Equal("elf", first.GetProperty("format").GetString());
        Assert.Equal(64, first.GetProperty("class").GetInt32());
        Assert.Equal("np_plugin_entry_v1", first.GetProperty("exports")[0].GetProperty("name").GetString());
        Assert.Equal("NP2003", JsonDocument.Parse(lines[1]).RootElement.GetProperty("verdict").GetProperty("reasons")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Of_a_directory_every_library_has_a_line_and_a_summary_follows()
    {
        Library("libgood.so", Entry);
        Library("libplain.so.1", "int x;");
        System.IO.File.WriteAllText(File("readme.txt"), "no library");

        HostRun run = HostRun.Of("inspect", _directory);

        Assert.Equal(1, run.Status);
        Assert.Contains($"yes\t{File("libgood.so")}", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 files: 1 can be loaded, 1 cannot", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("readme", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_shown_alone_on_request()
    {
        string path = Library("libparts.so", Entry + "int nobody(void); int x(void) { return nobody(); }");

        Assert.Contains("np_plugin_entry_v1\n", HostRun.Of("inspect", "--exports", path).Output, StringComparison.Ordinal);
        Assert.Contains("nobody\tnothing defines it\n", HostRun.Of("inspect", "--symbols", path).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hardening", HostRun.Of("inspect", "--tree", path).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graph.dot", "digraph dependencies {")]
    [InlineData("graph.svg", "<svg xmlns=")]
    public void A_picture_has_what_is_missing_in_red(string name, string start)
    {
        string helper = Library("libhelper_g.so", "int helper(void) { return 1; }", "-Wl,-soname,libhelper_g.so");
        string path = Library("libgraph.so", Entry + "int helper(void); int x(void) { return helper(); }", helper);
        System.IO.File.Delete(helper);

        HostRun.Of("inspect", "--graph", File(name), path);

        string text = System.IO.File.ReadAllText(File(name));
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Contains("libhelper_g.so (missing)", text, StringComparison.Ordinal);
        Assert.Contains(name.EndsWith("dot", StringComparison.Ordinal) ? "color=red" : "#c62828", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_an_unknown_kind_is_a_usage_error() =>
        Assert.Equal(64, HostRun.Of("inspect", "--graph", File("x.png"), File("libgood.so")).Status);

    [Fact]
    public void A_root_must_be_a_directory_that_holds_the_file()
    {
        string path = Library("libgood.so", Entry);

        Assert.Equal(64, HostRun.Of("inspect", "--root", File("absent"), path).Status);
        Assert.Equal(64, HostRun.Of("inspect", "--root", Directory.CreateDirectory(File("elsewhere")).FullName, path).Status);
        Assert.Equal(0, HostRun.Of("inspect", "--root", _directory, path).Status);
    }

    [Fact]
    public void The_root_of_this_system_holds_every_file() =>
        Assert.Equal(0, HostRun.Of("inspect", "--root", Path.GetPathRoot(_directory)!, Library("libgood.so", Entry)).Status);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_directory_that_cannot_be_read_is_an_error_and_not_empty()
    {
        string closed = Directory.CreateDirectory(File("closed")).FullName;
        System.IO.File.SetUnixFileMode(_directory, (UnixFileMode)Convert.ToInt32("755", 8));
        System.IO.File.SetUnixFileMode(closed, UnixFileMode.None);

        HostRun run = FileAccessUser.AsNobody(() => HostRun.Of("inspect", closed));

        System.IO.File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // To be deleted, by root or not.
        Assert.Equal(74, run.Status);
        Assert.Contains("NP2009", run.Error, StringComparison.Ordinal);
        Assert.Contains(closed, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Names_from_the_file_are_escaped()
    {
        string helper = Library("helper.so", "int helper(void) { return 1; }", "-Wl,-soname,lib\u001b[31mred.so");
        string path = Library("libescape.so", Entry + "int helper(void); int x(void) { return helper(); }", helper);

        HostRun run = HostRun.Of("inspect", path);

        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("lib\\u001B[31mred.so", run.Output, StringComparison.Ordinal);
    }

    private string File(string name) => Path.Combine(_directory, name);

    private string Library(string name, string source, params string[] options) => Compile(name, source, ["-shared", "-fPIC", .. options]);

    private string Compile(string name, string source, params string[] options)
    {
        string input = File(name + ".c");
        System.IO.File.WriteAllText(input, source);
        using Process process = Process.Start("gcc", ["-o", File(name), input, .. options]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        System.IO.File.Delete(input);
        return File(name);
    }
}
