using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Resolution;

/// <summary>Somebody else's library lies where Windows, or a careless host, would look for it.</summary>
public sealed class PlantingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_plugin_in_the_current_directory_is_not_found_by_name()
    {
        _scratch.Copy("hello_c");
        using PluginHost host = Hosts.Of(_scratch.Folder("plugins"));

        Assert.IsType<PluginNotFoundException>(Hosts.In(_scratch.Root, () => Record.Exception(() => host.Load("hello_c"))));
    }

    [Fact]
    public void A_plugin_of_the_current_directory_of_a_drive_is_not_found_by_name()
    {
        _scratch.Copy("hello_c");
        using PluginHost host = Hosts.Of(_scratch.Folder("plugins"));

        Assert.IsType<PluginNotFoundException>(
            Hosts.In(_scratch.Root, () => Record.Exception(() => host.Load($"{_scratch.Root[0]}:hello_c"))));
    }

    [Fact]
    public void A_plugin_on_the_PATH_is_not_found_by_name()
    {
        _scratch.Copy("hello_c", "bin", "hello_c.dll");
        using PluginHost host = Hosts.Of(_scratch.Folder("plugins"));

        Assert.IsType<PluginNotFoundException>(WithPath(_scratch.PathOf("bin"), () => Record.Exception(() => host.Load("hello_c"))));
    }

    [Fact]
    public void A_dependency_beside_the_plugin_wins_over_one_in_the_current_directory()
    {
        string library = _scratch.Copy("dependent", "plugins", "dependent.dll");
        _scratch.Copy("np_dependency", "plugins", "np_dependency.dll");
        _scratch.Copy("np_dependency_planted", "cwd", "np_dependency.dll");

        Assert.Equal(1, Hosts.In(_scratch.PathOf("cwd"), () => Hosts.RunOnce(library).Status));
    }

    [Fact]
    public void A_dependency_in_the_current_directory_is_not_used()
    {
        string library = _scratch.Copy("dependent", "plugins", "dependent.dll");
        _scratch.Copy("np_dependency_planted", "cwd", "np_dependency.dll");

        Assert.IsType<PluginDependencyMissingException>(Hosts.In(_scratch.PathOf("cwd"), () => Hosts.Refusal(library)));
    }

    [Fact]
    public void A_dependency_on_the_PATH_is_not_used()
    {
        string library = _scratch.Copy("dependent", "plugins", "dependent.dll");
        _scratch.Copy("np_dependency_planted", "bin", "np_dependency.dll");

        Assert.IsType<PluginDependencyMissingException>(WithPath(_scratch.PathOf("bin"), () => Hosts.Refusal(library)));
    }

    [Fact]
    public void A_dependency_beside_the_application_is_not_used()
    {
        string library = _scratch.Copy("dependent", "plugins", "dependent.dll");
        string planted = Path.Combine(AppContext.BaseDirectory, "np_dependency.dll");
        File.Copy(Material.Plugin("np_dependency_planted"), planted);
        try
        {
            Assert.IsType<PluginDependencyMissingException>(Hosts.Refusal(library));
        }
        finally
        {
            File.Delete(planted);
        }
    }

    [Fact]
    public void A_library_beside_a_data_file_of_the_same_name_is_not_loaded_for_it()
    {
        string data = _scratch.Write("report", "a report"u8.ToArray());
        _scratch.Copy("echo", "report.dll");

        Assert.IsType<PluginFormatException>(Hosts.Refusal(data));
    }

    [Fact]
    public void A_plugin_without_an_extension_is_loaded_itself_and_not_the_library_beside_it()
    {
        string plugin = _scratch.Copy("exit_status", "plugin");
        _scratch.Copy("echo", "plugin.dll");

        Assert.Equal((7, ""), Hosts.RunOnce(plugin, "7"));
    }

    [Fact]
    public void A_name_with_a_library_beside_the_data_file_in_the_current_directory_finds_only_the_plugin_directory()
    {
        _scratch.Write("hello_c.txt", 1);
        _scratch.Copy("exit_status", "hello_c.dll");
        string library = _scratch.Copy("hello_c", "plugins", "hello_c.dll");
        using PluginHost host = Hosts.Of(_scratch.PathOf("plugins"));

        Assert.Equal(library, Hosts.In(_scratch.Root, () => host.Load("hello_c").LibraryPath), ignoreCase: true);
    }

    public void Dispose() => _scratch.Dispose();

    private static T WithPath<T>(string directory, Func<T> body)
    {
        string? before = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{directory};{before}");
        try
        {
            return body();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }
}
