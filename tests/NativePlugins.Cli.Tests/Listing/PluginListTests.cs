using System.Text.Json;

namespace NativePlugins.Cli.Tests.Listing;

public sealed class PluginListTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void An_empty_directory_is_no_error_and_is_said()
    {
        HostRun run = HostRun.Of("list", _directory);

        Assert.Equal(0, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains("no plugins", run.Error, StringComparison.Ordinal);
        Assert.Empty(HostRun.Of("list", "-q", _directory).Error);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_error()
    {
        HostRun run = HostRun.Of("list", Path.Combine(_directory, "nosuch"));

        Assert.Equal(66, run.Status);
        Assert.Contains("NP8004", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_not_load_is_shown_with_its_code_and_the_verdict_is_negative()
    {
        Put("bad", "text");

        HostRun run = HostRun.Of("list", _directory);

        Assert.Equal(1, run.Status);
        string[] lines = run.Output.Split('\n');
        Assert.Equal("ID\tNAME\tVERSION\tABI\tRUNTIME\tLOADS HERE\tPATH", lines[0]);
        Assert.StartsWith("bad\tno manifest\t-\t-\t-\tno: NP200", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_manifests_and_file_names_is_escaped()
    {
        string path = Put("[red]\u001b[31m", "text");
        File.WriteAllText(Path.ChangeExtension(path, ".plugin.json"),
            """{ "manifestVersion": 1, "id": "x", "name": "[red]\u001b]0;a\u0007\ttab", "version": "1.0.0", "abi": "1.0" }""");

        string output = HostRun.Of("list", _directory).Output;

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("""[red]\u001B]0;a\u0007\u0009tab""", output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_each_plugin_is_an_object_on_its_line()
    {
        Put("one", "text");
        Put("two", "text");

        HostRun run = HostRun.Of("list", "--json", _directory);

        JsonElement[] plugins = [.. run.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["one", "two"], plugins.Select(plugin => plugin.GetProperty("id").GetString()));
        Assert.All(plugins, plugin =>
        {
            Assert.False(plugin.GetProperty("loadable").GetBoolean());
            Assert.False(plugin.GetProperty("hasManifest").GetBoolean());
            Assert.StartsWith("NP", plugin.GetProperty("error").GetProperty("code").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void On_a_terminal_columns_are_aligned_and_what_would_not_load_is_red()
    {
        ListingRow[] rows =
        [
            new("a", "A", "1.0.0", "1.0", "C", "yes", IsLoadable: true, IsShadowed: false, "/p/liba.so"),
            new("longer", "grün", "1.0.0", "1.0", "C", "no: NP2003 Not a library", IsLoadable: false, IsShadowed: false, "/p/b.so"),
        ];

        string[] plain = ListingRow.Table(rows, isColored: false).Split('\n');
        string[] colored = ListingRow.Table(rows, isColored: true).Split('\n');

        int path = plain[0].IndexOf("PATH", StringComparison.Ordinal);
        Assert.Equal(path, plain[1].IndexOf("/p/liba.so", StringComparison.Ordinal));
        Assert.Equal(path, plain[2].IndexOf("/p/b.so", StringComparison.Ordinal));
        Assert.Equal(plain[1], colored[1]);
        Assert.Equal($"\u001b[31m{plain[2]}\u001b[0m", colored[2]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Put(string stem, string content)
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string path = Path.Combine(_directory, stem + extension);
        File.WriteAllText(path, content);
        return path;
    }
}
