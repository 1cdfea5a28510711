namespace NativePlugins.EndToEnd.Tests;

/// <summary>Plugins run from private copies of their files.</summary>
public class StagingTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void The_copy_is_a_file_of_its_own_for_this_user_alone()
    {
        using var installed = new Installed();

        string copy = Assert.Single(Directory.GetFiles(installed.Staging, "*.so", SearchOption.AllDirectories));

        Assert.Equal(File.ReadAllBytes(installed.Library), File.ReadAllBytes(copy));
        Assert.NotEqual(Inode(installed.Library), Inode(copy));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(copy) & ~UnixFileMode.UserExecute);
        Assert.All(
            Directory.GetDirectories(installed.Staging, "*", SearchOption.AllDirectories), directory => Assert.Equal(OwnerOnly, File.GetUnixFileMode(directory)));
    }

    [Fact]
    public void The_installed_library_can_be_truncated_and_deleted_while_it_serves()
    {
        using var installed = new Installed();
        File.WriteAllBytes(installed.Library, []);
        Assert.Equal("generation 1, run 1\n", installed.Run());

        File.Delete(installed.Library);

        Assert.Equal("generation 1, run 2\n", installed.Run());
        Assert.DoesNotContain(installed.Library, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_retired_copy_is_deleted_and_all_of_them_with_the_host()
    {
        using var installed = new Installed();
        installed.Install(2);
        installed.Plugin.Reload();
        Assert.Single(Directory.GetFiles(installed.Staging, "*.so", SearchOption.AllDirectories));

        installed.Host.Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(Directory.GetDirectories(installed.Staging))));
    }

    [Fact]
    public void A_refused_copy_is_deleted()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginStartFailedException>(2, "START_FAILS");

        Assert.Single(Directory.GetFiles(installed.Staging, "*.so", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_plugin_is_told_where_it_is_installed()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("paths_printer");
        using var host = new PluginHost(new PluginHostOptions
        {
            DataDirectory = scratch.Folder("data"),
            Reload = new PluginReloadOptions { StagingDirectory = scratch.Folder("staging") },
        });

        Plugin plugin = host.Load(library);

        Assert.Contains(scratch.Root + "\n", Installed.Run(plugin), StringComparison.Ordinal);
        Assert.Equal(library, plugin.LibraryPath);
    }

    [Fact]
    public void Files_of_the_manifest_are_copied_in_their_layout()
    {
        using var brought = new BroughtLibrary("libnp_layout.so", value: 7);

        Assert.Equal("7\n", Installed.Run(brought.Load()));
    }

    [Fact]
    public void A_file_that_the_manifest_lists_and_that_is_missing_is_named()
    {
        using var brought = new BroughtLibrary("libnp_missing.so", value: 7);
        File.Delete(brought.Library);

        PluginStagingException refusal = Assert.Throws<PluginStagingException>(brought.Load);

        Assert.Contains("private/libnp_missing.so", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_library_that_no_manifest_lists_is_refused_with_what_to_write()
    {
        using var brought = new BroughtLibrary("libnp_unlisted.so", value: 7);
        File.Delete(brought.Manifest);
        Assert.Equal("7\n", brought.RunUnstaged());

        PluginLibraryUnlistedException refusal = Assert.Throws<PluginLibraryUnlistedException>(brought.Load);

        Assert.Equal("NP7015", refusal.Code);
        Assert.Equal("no manifest", refusal.Found);
        Assert.Contains("\"files\": [\"private/libnp_unlisted.so\"]", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_library_that_the_manifest_leaves_out_is_refused_with_the_list_as_it_should_be()
    {
        using var brought = new BroughtLibrary("libnp_left_out.so", value: 7);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(brought.Manifest)!, "data.txt"), "");
        File.WriteAllText(
            brought.Manifest, File.ReadAllText(brought.Manifest).Replace("private/libnp_left_out.so", "data.txt", StringComparison.Ordinal));

        PluginLibraryUnlistedException refusal = Assert.Throws<PluginLibraryUnlistedException>(brought.Load);

        Assert.Contains("\"files\": [\"data.txt\", \"private/libnp_left_out.so\"]", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_private_library_under_a_loaded_SONAME_is_refused()
    {
        using var brought = new BroughtLibrary("libnp_conflict.so", value: 1);
        Plugin plugin = brought.Load();
        brought.Build(value: 2);

        PluginDependencyConflictException refusal = Assert.Throws<PluginDependencyConflictException>(() => plugin.Reload());

        Assert.Equal("NP7005", refusal.Code);
        Assert.Contains("libnp_conflict.so", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1\n", Installed.Run(plugin));
    }

    [Fact]
    public void The_same_private_library_is_no_conflict()
    {
        using var brought = new BroughtLibrary("libnp_same.so", value: 1);
        Plugin plugin = brought.Load();

        Assert.Equal(2, plugin.Reload().Generation);
        Assert.Equal("1\n", Installed.Run(plugin));
    }

    [Fact]
    public void A_SONAME_with_a_version_is_the_way_out()
    {
        using var brought = new BroughtLibrary("libnp_versioned.so.1", value: 1);
        Plugin plugin = brought.Load();
        brought.Build(value: 2, "libnp_versioned.so.2");

        plugin.Reload();

        Assert.Equal("2\n", Installed.Run(plugin));
    }

    [Fact]
    public void A_private_library_that_is_gone_with_its_plugin_is_no_conflict()
    {
        using var brought = new BroughtLibrary("libnp_gone.so", value: 1);
        brought.Load().Dispose();
        brought.Build(value: 2);

        Assert.Equal("2\n", Installed.Run(brought.Load()));
    }

    [Fact]
    public void A_staging_directory_that_others_may_write_to_is_refused()
    {
        using var scratch = new Scratch();
        string staging = scratch.Folder("staging");
        string own = Path.Combine(staging, $"native-plugins-{Environment.UserName}");
        Directory.CreateDirectory(own);
        File.SetUnixFileMode(own, OwnerOnly | UnixFileMode.OtherWrite);
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });

        PluginStagingException refusal = Assert.Throws<PluginStagingException>(() => host.Load(scratch.Fixture("echo")));

        Assert.Contains("mode 0702", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_staging_directory_that_is_a_link_is_refused()
    {
        using var scratch = new Scratch();
        string staging = scratch.Folder("staging");
        File.CreateSymbolicLink(Path.Combine(staging, $"native-plugins-{Environment.UserName}"), scratch.Folder("elsewhere"));
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });

        Assert.Throws<PluginStagingException>(() => host.Load(scratch.Fixture("echo")));
    }

    [PrivateMountFact]
    public void A_file_system_without_code_names_its_mount() => AssertNamesMount("noexec", "NP3003: '/mnt', mounted with noexec\n");

    [PrivateMountFact]
    public void A_file_system_that_is_read_only_names_its_mount() => AssertNamesMount("ro", "NP7002: '/mnt', mounted read-only\n");

    [PrivateMountFact]
    public void A_file_system_that_is_full_names_its_mount() => AssertNamesMount("size=12k", "NP7003: '/mnt' is full: ");

    [PrivateMountFact]
    public void Disk_full_while_a_new_generation_is_staged_keeps_the_old_one()
    {
        using var scratch = new Scratch();
        string version1 = Installed.Compiled(1), version2 = Installed.Compiled(2);
        string installed = Path.Combine(scratch.Folder("plugins"), "libgenerations.so");
        File.Copy(version1, installed);

        // The file system has room for one copy of the library and a half: the second copy does not fit.
        using var mount = new StagingMount($"size={new FileInfo(version1).Length * 3 / 2048}k");

        HostResult result = mount.Run("reload", installed, "/mnt", version2);

        Assert.Equal("""
            generation 1, run 1
            generation 1, run 2
            NP7003, generation 1, version 1.0.0
            generation 1, run 3
            generation 1, run 4
            resident 0

            """, result.Output);
    }

    [Fact]
    public void What_a_killed_host_has_left_is_swept_and_what_a_living_one_uses_is_not()
    {
        using var scratch = new Scratch();
        string staging = scratch.Folder("staging"), library = scratch.Fixture("echo");
        using HostProcess dead = HostProcess.Start(Repository.NativeEmbedder, new HostEnvironment(), "stage", library, staging, "wait");
        dead.WaitForOutput("staged\n");
        using HostProcess living = HostProcess.Start(Repository.NativeEmbedder, new HostEnvironment(), "stage", library, staging, "wait");
        living.WaitForOutput("staged\n");
        Assert.Equal(2, Directory.GetFiles(staging, "*.so", SearchOption.AllDirectories).Length);

        dead.Signal("KILL");
        Assert.True(dead.WaitForEnd(TimeSpan.FromSeconds(30)));
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        Plugin plugin = host.Load(library);

        string[] copies = Directory.GetFiles(staging, "*.so", SearchOption.AllDirectories);
        Assert.Equal(2, copies.Length);
        Assert.Single(copies, copy => copy.Contains($"/{living.Id}-", StringComparison.Ordinal));
        Assert.Equal(0, plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
        Assert.Equal("staged\n", living.WaitForEnd().Exits(0).Output);
    }

    [Fact]
    public void Without_staging_a_library_under_another_path_replaces_the_old_one()
    {
        using var scratch = new Scratch();
        string link = scratch.PathOf("libgenerations.so");
        File.CreateSymbolicLink(link, scratch.Copy(Installed.Compiled(1), "v1.so"));
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { Staging = false } });
        Plugin plugin = host.Load(link);
        Assert.Equal("generation 1, run 1\n", Installed.Run(plugin));

        File.Delete(link);
        File.CreateSymbolicLink(link, scratch.Copy(Installed.Compiled(2), "v2.so"));
        plugin.Reload();

        Assert.Equal("generation 2, run 2\n", Installed.Run(plugin));
    }

    [Fact]
    public void Without_staging_a_library_that_was_replaced_in_its_place_is_refused()
    {
        using var scratch = new Scratch();
        string library = scratch.Copy(Installed.Compiled(1), "libgenerations.so");
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { Staging = false } });
        Plugin plugin = host.Load(library);

        File.Move(scratch.Copy(Installed.Compiled(2), "new.so"), library, overwrite: true);

        Assert.Throws<PluginImageReplacedException>(() => plugin.Reload());
        Assert.Equal("generation 1, run 1\n", Installed.Run(plugin));
    }

    private static void AssertNamesMount(string option, string expected)
    {
        using var mount = new StagingMount(option);

        Assert.StartsWith(expected, mount.Stage(NativeFixtures.PathOf("echo")).Output, StringComparison.Ordinal);
    }

    private static string Inode(string path) => Tool.Run("stat", "-c", "%d:%i", path);
}
