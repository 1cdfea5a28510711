using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public class ListTests
{
    [Fact]
    public void The_list_of_dist_shows_every_sample_and_is_0()
    {
        HostResult result = HostProcess.Run("list").Exits(0);

        Assert.Contains("hello_world\tHello, world\t1.0.0\t1.0\tC#, NativeAOT ", result.Output, StringComparison.Ordinal);
        Assert.Contains("hello_c\t", result.Output, StringComparison.Ordinal);
        Assert.Contains("hello_cpp\t", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Listing_runs_no_code_of_a_plugin()
    {
        using var scratch = new Scratch();
        using var elsewhere = new Scratch();
        scratch.Fixture("constructor_marker");
        scratch.Fixture("constructor_marker_plugin");
        scratch.Fixture("entry_hangs");
        var environment = new HostEnvironment { Variables = { ["MARKER"] = elsewhere.PathOf("marker") } };

        HostResult result = HostProcess.RunIn(environment, "list", scratch.Root).Exits(1);

        Assert.Contains("constructor_marker\tno manifest\t-\t-\t-\tno: NP2007 Not a plugin\t", result.Output, StringComparison.Ordinal);
        Assert.Contains("entry_hangs\tno manifest\t-\t-\t-\tyes\t", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(elsewhere.PathOf("marker")));
    }

    [Fact]
    public void With_json_each_plugin_is_one_object_a_line()
    {
        string[] lines = HostProcess.Run("list", "--json").Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        JsonElement helloWorld = lines.Select(line => JsonDocument.Parse(line).RootElement).Single(line => line.GetProperty("id").GetString() == "hello_world");
        Assert.Equal("nativeaot", helloWorld.GetProperty("runtime").GetString());
        Assert.True(helloWorld.GetProperty("loadable").GetBoolean());
        Assert.Equal(Path.Combine(Repository.Dist, "libhello_world.so"), helloWorld.GetProperty("path").GetString());
    }

    [Fact]
    public void The_same_plugin_in_a_second_directory_is_shadowed()
    {
        using var scratch = new Scratch();
        string first = scratch.Folder("first");
        string second = scratch.Folder("second");
        scratch.Fixture("echo", "first/libecho.so");
        scratch.Fixture("echo", "second/libecho.so");

        HostResult result = HostProcess.Run("list", first, second).Exits(0);

        Assert.Contains($"shadowed by {first}/libecho.so", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_and_escape_sequences_of_a_plugin_never_reach_the_terminal()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("escape_name");
        HostProcess.Run("manifest", library).Exits(0);

        foreach (string[] arguments in new string[][] { ["list", scratch.Root], ["--color", "always", "list", scratch.Root], ["--json", "list", scratch.Root] })
        {
            string output = HostProcess.Run(arguments).Exits(0).Output;

            Assert.Contains("[red]\\u001B[31m", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\x1b', output);
        }
    }

    [Fact]
    public void On_a_terminal_only_the_hosts_own_escape_sequences_are_written()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("escape_name");
        HostProcess.Run("manifest", library).Exits(0);

        string output = OnTerminal($"'{Repository.Host}' list \"$DIRECTORY\"", new() { ["DIRECTORY"] = scratch.Root });

        Assert.Contains("[red]\\u001B[31m", output.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("[red]\x1b", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_name_with_an_escape_sequence_is_escaped_in_an_error()
    {
        using var scratch = new Scratch();
        string library = scratch.Write("lib\x1b[31m.so", "text");

        HostResult result = HostProcess.Run(library).Exits(65);

        Assert.Contains("lib\\u001B[31m.so", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', result.Error);
    }

    [Fact]
    public void NO_COLOR_is_honoured_on_a_terminal()
    {
        string command = $"'{Repository.Host}' nothing_of_this_name";

        Assert.Contains("\x1b[", OnTerminal(command, []), StringComparison.Ordinal);
        Assert.DoesNotContain("\x1b[", OnTerminal(command, new() { ["NO_COLOR"] = "1" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_the_host_writes_agrees_with_its_library()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo");
        HostProcess.Run("manifest", library).Exits(0);

        JsonElement manifest = JsonDocument.Parse(File.ReadAllText(scratch.PathOf("libecho.plugin.json"))).RootElement;

        Assert.Equal("echo", manifest.GetProperty("id").GetString());
        Assert.Equal("np.command/1", manifest.GetProperty("services")[0].GetString());
        Assert.Equal("none", manifest.GetProperty("runtime").GetString());
        HostProcess.Run(library).Exits(0);
    }

    [Fact]
    public void A_library_that_is_not_a_plugin_gets_no_manifest()
    {
        using var scratch = new Scratch();
        string library = scratch.Copy(NativeFixtures.LibraryOfTheSystem, "libother.so");

        HostResult result = HostProcess.Run("manifest", library).Exits(65);

        Assert.StartsWith("host: NP2007: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("libother.plugin.json")));
    }

    // script(1) gives its command a terminal of its own.
    private static string OnTerminal(string command, Dictionary<string, string> variables) =>
        HostProcess.RunProgram(
            "script", new HostEnvironment { Variables = new(variables) { ["TERM"] = "xterm-256color" } },
            "--quiet", "--command", command, "/dev/null").Output;
}
