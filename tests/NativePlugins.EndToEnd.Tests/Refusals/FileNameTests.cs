using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>File names at the edge of what the system allows, and manifests that are no files.</summary>
[Trait("Category", "Published")]
public class FileNameTests
{
    private static readonly string s_longName = $"lib{new string('n', 249)}.so";

    [Theory]
    [InlineData]
    [InlineData("--timeout", "10s")]
    public void A_library_whose_name_is_as_long_as_a_name_can_be_runs_without_a_manifest(params string[] options)
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo", s_longName);

        Assert.Equal("1 a\n", HostProcess.Run([.. options, "run", library, "a"]).Exits(0).Output);
        HostProcess.Run("inspect", library).Exits(0);
        Assert.Contains("no manifest\t-\t-\t-\tyes", HostProcess.Run("list", scratch.Root).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "OwnProcessor")]
    public void It_can_be_reloaded_too()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = scratch.Folder("staging") } });
        Directory.CreateDirectory(scratch.PathOf("p"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Plugin plugin = host.Load(scratch.Fixture("echo", Path.Combine("p", s_longName)));

        Assert.Equal(2, plugin.Reload().Generation);
    }

    [Theory]
    [InlineData("directory", "a directory")]
    [InlineData("fifo", "a named pipe (FIFO)")]
    public void A_manifest_that_is_no_file_is_refused_with_what_it_is(string kind, string found)
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo");
        string manifest = Path.ChangeExtension(library, ".plugin.json");
        Tool.Run(kind == "fifo" ? "mkfifo" : "mkdir", manifest);

        HostResult run = HostProcess.Run(library).Exits(65);
        HostResult list = HostProcess.Run("list", scratch.Root).Exits(1);

        Assert.Contains("NP4004", run.Error, StringComparison.Ordinal);
        Assert.Contains($"found:    {found}", run.Error, StringComparison.Ordinal);
        Assert.Contains("no: NP4004", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_leads_in_a_circle_is_refused_with_the_reason()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("echo");
        string manifest = Path.ChangeExtension(library, ".plugin.json");
        File.CreateSymbolicLink(manifest, manifest);

        HostResult run = HostProcess.Run(library).Exits(74);

        Assert.Contains("found:    a loop of symbolic links", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_whose_name_is_not_UTF_8_is_listed_and_refused_with_the_reason()
    {
        using var scratch = new Scratch();
        using var rest = new Emptied(scratch.Root);
        string library = NativeFixtures.PathOf("echo");
        if (Tool.Try("/bin/sh", "-c", "cp \"$1\" \"$2/lib$(printf 'b\\377d').so\"", "sh", library, scratch.Root).ExitCode != 0)
        {
            return; // This file system has names of text only.
        }

        HostResult list = HostProcess.Run("list", "--json", scratch.Root).Exits(1);
        HostResult run = HostProcess.RunProgram("/bin/sh", new HostEnvironment { Directory = scratch.Root }, "-c", $"exec '{Repository.Host}' ./lib*.so").Exits(64);
        HostResult inspect = HostProcess.RunProgram("/bin/sh", new HostEnvironment { Directory = scratch.Root }, "-c", $"exec '{Repository.Host}' inspect ./lib*.so");

        JsonElement listed = JsonDocument.Parse(list.Output).RootElement;
        Assert.EndsWith("libb\uFFFDd.so", listed.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Contains("NP1005", list.Output, StringComparison.Ordinal);
        Assert.Contains("NP1005", run.Error, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", run.Error, StringComparison.Ordinal);
        Assert.Contains("NP1005", inspect.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_that_a_link_leads_to()
    {
        using var scratch = new Scratch();
        using var rest = new Emptied(scratch.Root);
        string library = NativeFixtures.PathOf("echo");
        if (Tool.Try("/bin/sh", "-c", "d=\"$2/$(printf 'b\\377d')\"; mkdir -m 700 \"$d\" && cp \"$1\" \"$d/libecho.so\" && ln -s \"$d/libecho.so\" \"$2/libecho.so\"", "sh", library, scratch.Root).ExitCode != 0)
        {
            return;
        }

        HostResult run = HostProcess.Run(scratch.PathOf("libecho.so")).Exits(64);

        Assert.Contains("leads to one, that is not UTF-8", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Has the shell empty a directory in the end: .NET cannot name a file whose name is not UTF-8.</summary>
    private sealed class Emptied(string directory) : IDisposable
    {
        public void Dispose() => Tool.Run("/bin/sh", "-c", "rm -rf \"$1\"/*", "sh", directory);
    }
}
