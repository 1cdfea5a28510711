using System.Globalization;
using NativePlugins.Host;
using NativePlugins.Tests;

namespace NativePlugins.Windows.Tests.Resolution;

public sealed class PathTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Folders => PathCases.Folders;

    public static TheoryData<string> Stems => PathCases.Stems;

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_loads_from_a_folder_of_any_name(string folder)
    {
        string library = _scratch.Copy("echo", folder, "echo.dll");

        Assert.Equal((0, "3 Ada\n"), Hosts.RunOnce(library, "Ada"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_directory_of_any_name_is_searched(string folder)
    {
        string library = _scratch.Copy("echo", folder, "echo.dll");
        using PluginHost host = Hosts.Of(_scratch.PathOf(folder));

        Assert.Equal((0, "3 Ada\n"), host.Load("echo").Run("Ada"));
        Assert.Equal(library, Assert.Single(host.List()).Path, ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Stems))]
    public void A_plugin_of_any_name_is_found_by_it(string name)
    {
        _scratch.Copy("echo", name + ".dll");
        using PluginHost host = Hosts.Of(_scratch.Root);

        Assert.Equal((0, "3 Ada\n"), host.Load(name).Run("Ada"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_is_told_directories_of_any_name(string folder)
    {
        string library = _scratch.Copy("paths_printer", folder, "paths_printer.dll");
        string data = _scratch.PathOf("data", folder);
        using var host = new PluginHost(new PluginHostOptions { DataDirectory = data });

        string[] lines = host.Load(library).Run().Output.Split('\n');

        Assert.Equal(_scratch.PathOf(folder), lines[0], ignoreCase: true);
        Assert.Equal(Path.Combine(data, "paths_printer"), lines[1], ignoreCase: true);
        Assert.True(Directory.Exists(lines[1]));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_dependency_beside_the_plugin_is_found_in_a_folder_of_any_name(string folder)
    {
        string library = _scratch.Copy("dependent", folder, "dependent.dll");
        _scratch.Copy("np_dependency", folder, "np_dependency.dll");

        Assert.Equal(1, Hosts.RunOnce(library).Status);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_program_runs_a_plugin_from_a_folder_of_any_name(string folder)
    {
        string library = _scratch.Copy("echo", folder, "echo.dll");

        Assert.All(HostProgram.Hosts, host => Assert.Equal("3 Ada\n", host.Run(library, "Ada").Exits(0).Output));
    }

    [Fact]
    public void A_path_of_three_hundred_characters_loads()
    {
        string library = LongPath(300);

        Assert.Equal((0, "3 Ada\n"), Hosts.RunOnce(library, "Ada"));
    }

    [Fact]
    public void A_plugin_is_found_by_name_in_a_directory_of_three_hundred_characters()
    {
        string library = LongPath(320);
        using PluginHost host = Hosts.Of(Path.GetDirectoryName(library)!);

        Assert.Equal((0, "3 Ada\n"), host.Load("echo").Run("Ada"));
    }

    [Fact]
    public void A_dependency_beside_a_plugin_with_a_long_path_is_found()
    {
        string folder = Path.GetDirectoryName(LongPath(300))!;
        File.Copy(Material.Plugin("dependent"), Path.Combine(folder, "dependent.dll"));
        File.Copy(Material.Plugin("np_dependency"), Path.Combine(folder, "np_dependency.dll"));

        Assert.Equal(1, Hosts.RunOnce(Path.Combine(folder, "dependent.dll")).Status);
    }

    [Fact]
    public void Slashes_and_backslashes_mean_the_same()
    {
        string library = _scratch.Copy("echo", "inner", "echo.dll");

        Assert.Equal(PathOf(library), PathOf(library.Replace('\\', '/')), ignoreCase: true);
        Assert.Equal(PathOf(library), PathOf(_scratch.Root + @"\inner/.\echo.dll"), ignoreCase: true);
    }

    [Fact]
    public void A_drives_letter_may_be_small()
    {
        string library = _scratch.Copy("echo");

        Assert.Equal(library, PathOf(char.ToLowerInvariant(library[0]) + library[1..]), ignoreCase: true);
    }

    [Fact]
    public void A_path_with_the_prefix_for_long_ones_loads()
    {
        string library = _scratch.Copy("echo");

        Assert.Equal((0, "3 Ada\n"), Hosts.RunOnce(@"\\?\" + library, "Ada"));
    }

    [Fact]
    public void The_prefix_for_long_paths_makes_no_other_library_of_it()
    {
        string library = _scratch.Copy("echo");

        Assert.Equal(PathOf(library), PathOf(@"\\?\" + library));
    }

    [Fact]
    public void A_path_is_relative_to_the_current_directory_once_it_has_a_separator()
    {
        string library = _scratch.Copy("echo");

        Assert.Equal(library, Hosts.In(_scratch.Root, () => PathOf(@".\echo.dll")), ignoreCase: true);
        Assert.Equal(library, Hosts.In(_scratch.Root, () => PathOf("./echo.dll")), ignoreCase: true);
    }

    [Fact]
    public void Two_dots_lead_to_the_parent()
    {
        string library = _scratch.Copy("echo");
        string inner = _scratch.Folder("inner");

        Assert.Equal(library, Hosts.In(inner, () => PathOf(@"..\echo.dll")), ignoreCase: true);
    }

    [Theory]
    [InlineData("*.dll")]
    [InlineData("echo?.dll")]
    [InlineData("<echo>.dll")]
    [InlineData("a|b.dll")]
    [InlineData("\"echo\".dll")]
    public void A_path_that_no_file_can_have_is_not_found(string name)
    {
        Assert.IsType<PluginNotFoundException>(Hosts.Refusal(_scratch.PathOf(name)));
    }

    [Fact]
    public void A_path_with_a_NUL_is_refused_as_no_name()
    {
        Assert.IsType<PluginNameException>(Hosts.Refusal(_scratch.Root + "\\echo.dll\0.txt"));
    }

    [Fact]
    public void A_device_is_not_opened_as_a_plugin()
    {
        PluginException refusal = Hosts.Refusal(@"\\.\NUL");

        Assert.True(refusal is PluginNotRegularFileException or PluginNotFoundException, refusal.ToString());
    }

    [Fact]
    public void A_directory_is_not_a_plugin()
    {
        Assert.IsType<PluginNotRegularFileException>(Hosts.Refusal(_scratch.Folder("plugin.dll")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_with_its_path()
    {
        PluginException refusal = Hosts.Refusal(_scratch.PathOf("Größe 🧩.dll"));

        Assert.IsType<PluginNotFoundException>(refusal);
        Assert.Contains("Größe 🧩.dll", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>A copy of echo below the scratch directory, with a path of at least this length.</summary>
    private string LongPath(int length)
    {
        var parts = new List<string>();
        while (_scratch.PathOf([.. parts, "echo.dll"]).Length < length)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{new string('d', 60)}{parts.Count}"));
        }

        return _scratch.Copy("echo", [.. parts, "echo.dll"]);
    }

    private static string PathOf(string path)
    {
        using PluginHost host = Hosts.Of();
        return host.Load(path).LibraryPath;
    }
}
