using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Every place where a path is given: on the command line, in the environment, in options, and told to a plugin.</summary>
[Trait("Category", "Published")]
public sealed class PathTests : IDisposable
{
    private static readonly Lazy<string> s_dependent = new(() =>
    {
        string library = Path.Combine(NativeFixtures.Directory, "libdependent.so");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", library, "tests/fixtures/missing_dependency.c",
            NativeFixtures.Dependency, "-Wl,-rpath,$ORIGIN");
        return library;
    });

    private readonly Scratch _scratch = new();

    public static TheoryData<string> Folders => PathCases.Folders;

    public static TheoryData<string> Stems => PathCases.Stems;

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_runs_by_its_path(string folder) => HostProcess.Run(Put(folder)).Exits(0);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_runs_by_a_relative_path(string folder)
    {
        Put(folder);

        HostProcess.RunIn(new HostEnvironment { Directory = _scratch.Root }, $"./{folder}/libecho.so").Exits(0);
        HostProcess.RunIn(new HostEnvironment { Directory = _scratch.PathOf(folder) }, "./libecho.so").Exits(0);
    }

    [Theory]
    [MemberData(nameof(Stems))]
    public void A_plugin_runs_by_its_name(string stem)
    {
        _scratch.Fixture("echo", $"lib{stem}.so");

        HostProcess.Run("--plugin-dir", _scratch.Root, "run", "--", stem).Exits(0);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_directory_is_searched(string folder)
    {
        Put(folder);

        HostProcess.Run("--plugin-dir", _scratch.PathOf(folder), "echo").Exits(0);
        HostProcess.RunIn(
            new HostEnvironment { Variables = { ["NATIVE_PLUGINS_PATH"] = $"{_scratch.Folder("empty")}:{_scratch.PathOf(folder)}" } }, "echo").Exits(0);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_list_tells_the_path_as_it_is(string folder)
    {
        string library = Put(folder);

        using JsonDocument line = JsonDocument.Parse(HostProcess.Run("list", "--json", _scratch.PathOf(folder)).Exits(0).Output);

        Assert.Equal(library, line.RootElement.GetProperty("path").GetString());
    }

    [Theory]
    [MemberData(nameof(Stems))]
    public void A_name_that_is_listed_can_be_run(string stem)
    {
        string library = _scratch.Fixture("echo", $"lib{stem}.so");

        using JsonDocument line = JsonDocument.Parse(HostProcess.Run("list", "--json", _scratch.Root).Exits(0).Output);

        Assert.Equal(library, line.RootElement.GetProperty("path").GetString());
        HostProcess.Run(line.RootElement.GetProperty("path").GetString()!).Exits(0);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_inspection_tells_the_path_as_it_is(string folder)
    {
        string library = Put(folder);

        using JsonDocument line = JsonDocument.Parse(HostProcess.Run("inspect", "--json", library).Exits(0).Output);

        Assert.Equal(library, line.RootElement.GetProperty("path").GetString());
    }

    [Theory]
    [MemberData(nameof(Stems))]
    public void A_manifest_is_written_beside_its_library_and_read_from_there(string stem)
    {
        string library = _scratch.Fixture("echo", $"lib{stem}.so");

        HostProcess.Run("manifest", library).Exits(0);

        Assert.True(File.Exists(_scratch.PathOf($"lib{stem}.plugin.json")));
        using JsonDocument line = JsonDocument.Parse(HostProcess.Run("list", "--json", _scratch.Root).Exits(0).Output);
        Assert.Equal("echo", line.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_in_CSharp_runs_and_is_told_where_it_is(string folder)
    {
        string library = _scratch.Copy(Repository.Probe, Path.Combine(folder, "libprobe.so"));

        Assert.Contains(Path.GetDirectoryName(library)!, HostProcess.Run(library, "paths").Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    [Trait("Category", "OwnProcessor")]
    public void A_plugin_is_told_its_directory_and_its_data_directory(string folder)
    {
        string library = _scratch.Fixture("paths_printer", Path.Combine(folder, "libpaths_printer.so"));
        using var host = new PluginHost(new PluginHostOptions { DataDirectory = _scratch.PathOf(Path.Combine("data", folder)) });

        Assert.StartsWith($"{_scratch.PathOf(folder)}\n{_scratch.PathOf(Path.Combine("data", folder, "paths_printer"))}\n", Installed.Run(host.Load(library)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    [Trait("Category", "OwnProcessor")]
    public void A_plugin_is_staged_and_reloaded(string folder)
    {
        string library = _scratch.Copy(Installed.Compiled(1), Path.Combine(folder, "libgenerations.so"));
        using var host = new PluginHost(new PluginHostOptions
        {
            Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder(Path.Combine("staging", folder)) },
        });
        Plugin plugin = host.Load(library);
        Installed.Run(plugin);

        File.Copy(Installed.Compiled(2), library, overwrite: true);
        plugin.Reload();

        Assert.Equal("generation 2, run 2\n", Installed.Run(plugin));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_configuration_is_read(string folder)
    {
        string settings = _scratch.Write(Path.Combine(_scratch.Folder(folder), "host.json"), """{ "Plugins": { "config_reader": { "colour": "grün" } } }""");

        Assert.Contains("grün", HostProcess.Run("--config", settings, NativeFixtures.PathOf("config_reader"), "colour").Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_dependency_beside_the_plugin_is_found(string folder)
    {
        string library = _scratch.Copy(s_dependent.Value, Path.Combine(folder, "libdependent.so"));
        _scratch.Copy(NativeFixtures.Dependency, Path.Combine(folder, "libnp_fixture_dependency.so"));

        HostProcess.Run(library).Exits(0);
    }

    [Fact]
    public void Where_the_locale_is_C_a_name_that_is_not_ASCII_is_found_and_told_all_the_same()
    {
        var environment = new HostEnvironment { Variables = { ["LC_ALL"] = "C" } };
        string library = _scratch.Fixture("echo", Path.Combine(_scratch.Folder("Größe 🧩"), "libé.so"));

        Assert.Equal("7 Größe\n", HostProcess.RunIn(environment, library, "Größe").Exits(0).Output);
        Assert.Equal("7 Größe\n", HostProcess.RunIn(environment, "--plugin-dir", _scratch.PathOf("Größe 🧩"), "é", "Größe").Exits(0).Output);
        Assert.Contains("'" + _scratch.PathOf("fehlt 🧩"), HostProcess.RunIn(environment, _scratch.PathOf("fehlt 🧩")).Exits(66).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private string Put(string folder) => _scratch.Fixture("echo", Path.Combine(folder, "libecho.so"));
}
