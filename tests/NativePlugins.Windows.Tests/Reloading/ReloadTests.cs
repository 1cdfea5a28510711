using NativePlugins.Host;
using NativePlugins.Host.Platform;

namespace NativePlugins.Windows.Tests.Reloading;

/// <summary>A plugin runs from a private copy: its own file can be overwritten while it serves, and a reload takes the new one.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void The_installed_library_can_be_overwritten_while_it_serves_and_a_reload_takes_the_new_one_with_its_state()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);
        Assert.Equal((0, "generation 1, run 1\n"), plugin.Run());

        File.Copy(Material.Plugin("generations_2"), library, overwrite: true);
        Assert.Equal((0, "generation 1, run 2\n"), plugin.Run());
        plugin.Reload();

        Assert.Equal((0, "generation 2, run 3\n"), plugin.Run());
        Assert.Equal(library, plugin.LibraryPath, ignoreCase: true);
    }

    [Fact]
    public void The_installed_library_can_be_truncated_and_deleted_while_it_serves()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);

        File.WriteAllBytes(library, []);
        Assert.Equal((0, "generation 1, run 1\n"), plugin.Run());
        File.Delete(library);

        Assert.Equal((0, "generation 1, run 2\n"), plugin.Run());
    }

    [Fact]
    public void A_new_library_that_does_not_start_leaves_the_old_one_serving()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);
        plugin.Run();
        File.Copy(Material.Plugin("generations_broken"), library, overwrite: true);

        Assert.Throws<PluginStartFailedException>(() => plugin.Reload());

        Assert.Equal((0, "generation 1, run 2\n"), plugin.Run());
    }

    [Fact]
    public void A_library_that_was_cut_short_leaves_the_old_one_serving()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);
        byte[] bytes = File.ReadAllBytes(Material.Plugin("generations_2"));
        File.WriteAllBytes(library, bytes[..(bytes.Length / 2)]);

        Assert.Throws<PluginFileTooShortException>(() => plugin.Reload());

        Assert.Equal((0, "generation 1, run 1\n"), plugin.Run());
    }

    [Fact]
    public void A_retired_library_is_unmapped_and_its_copy_deleted()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);
        string copy = Assert.Single(Copies());
        Assert.True(HostSystem.Current.IsLibraryLoaded(copy));
        File.Copy(Material.Plugin("generations_2"), library, overwrite: true);

        plugin.Reload();

        Assert.False(HostSystem.Current.IsLibraryLoaded(copy));
        Assert.NotEqual(copy, Assert.Single(Copies()));
    }

    [Fact]
    public void No_copy_is_left_of_a_host_that_has_ended()
    {
        using (PluginHost host = Host())
        {
            host.Load(Install("generations"));
            Assert.Single(Copies());
        }

        Assert.Empty(Copies());
    }

    [Fact]
    public void Fifty_reloads_leave_one_library_and_the_whole_count()
    {
        string library = Install("generations");
        using PluginHost host = Host();
        Plugin plugin = host.Load(library);
        for (int i = 1; i <= 50; i++)
        {
            File.Copy(Material.Plugin(i % 2 == 0 ? "generations" : "generations_2"), library, overwrite: true);
            plugin.Run();
            plugin.Reload();
        }

        Assert.Equal((0, "generation 1, run 51\n"), plugin.Run());
        Assert.Single(Copies());
    }

    [Fact]
    public void A_private_library_is_staged_with_its_plugin_and_found_there()
    {
        string library = InstallWithDependency("first", "np_dependency");
        using PluginHost host = Host();

        Assert.Equal(1, host.Load(library).Run().Status);
        Assert.Contains(Copies(), copy => Path.GetFileName(copy) == "np_dependency.dll");
    }

    [Fact]
    public void Another_private_library_of_the_same_file_name_is_a_conflict_and_not_silently_the_first_ones()
    {
        string first = InstallWithDependency("first", "np_dependency");
        string second = InstallWithDependency("second", "np_dependency_planted");
        using PluginHost host = Host();
        host.Load(first);

        var conflict = Assert.Throws<PluginDependencyConflictException>(() => host.Load(second));

        Assert.Contains("np_dependency.dll", conflict.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_plugin_under_a_watch_is_reloaded_when_its_file_is_overwritten()
    {
        string library = Install("generations");
        using var reloaded = new ManualResetEventSlim();
        using var host = new PluginHost(new PluginHostOptions
        {
            Reload = new PluginReloadOptions
            {
                StagingDirectory = _scratch.Folder("staging"),
                Watch = true,
                QuietPeriod = TimeSpan.FromMilliseconds(50),
                PollInterval = TimeSpan.FromMilliseconds(50),
            },
        });
        Plugin plugin = host.Load(library);
        plugin.Reloaded += (_, _) => reloaded.Set();

        File.Copy(Material.Plugin("generations_2"), library, overwrite: true);

        Assert.True(reloaded.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal((0, "generation 2, run 1\n"), plugin.Run());
    }

    public void Dispose() => _scratch.Dispose();

    private PluginHost Host() => new(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder("staging") } });

    private string Install(string plugin) => _scratch.Copy(plugin, "plugins", "generations.dll");

    /// <summary>The plugin `dependent`, with a library and a manifest that lists it.</summary>
    private string InstallWithDependency(string folder, string dependency)
    {
        string library = _scratch.Copy("dependent", folder, "dependent.dll");
        _scratch.Copy(dependency, folder, "np_dependency.dll");
        File.WriteAllText(Path.ChangeExtension(library, ".plugin.json"), """
            { "manifestVersion": 1, "id": "dependent", "name": "Fixture dependent", "version": "1.0.0", "abi": "1.0", "files": ["np_dependency.dll"] }
            """);
        return library;
    }

    private string[] Copies() => Directory.GetFiles(_scratch.Folder("staging"), "*.dll", SearchOption.AllDirectories);
}
