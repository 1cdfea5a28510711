using System.Security.AccessControl;
using System.Security.Principal;
using NativePlugins.Binary.Files;
using NativePlugins.Host;
using NativePlugins.Host.Platform;

namespace NativePlugins.Windows.Tests.Resolution;

/// <summary>Access lists: who else may write where a plugin lies.</summary>
public sealed class TrustTests : IDisposable
{
    private static readonly SecurityIdentifier s_everyone = new(WellKnownSidType.WorldSid, domainSid: null);

    private readonly Scratch _scratch = new();

    [Fact]
    public void A_plugin_in_a_directory_that_everyone_may_write_to_is_not_loaded_by_name()
    {
        _scratch.Copy("echo", "open", "echo.dll");
        LetEveryoneWrite(_scratch.PathOf("open"));
        using PluginHost host = Hosts.Of(_scratch.PathOf("open"));

        var e = Assert.Throws<PluginDirectoryNotTrustedException>(() => host.Load("echo"));

        Assert.Contains("Everyone may write", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_in_a_directory_that_everyone_may_write_to_is_not_loaded_by_its_path()
    {
        string library = _scratch.Copy("echo", "open", "echo.dll");
        LetEveryoneWrite(_scratch.PathOf("open"));

        Assert.IsType<PluginDirectoryNotTrustedException>(Hosts.Refusal(library));
    }

    [Fact]
    public void The_directory_above_a_plugins_own_folder_counts()
    {
        _scratch.Copy("echo", "open", "echo", "echo.dll");
        LetEveryoneWrite(_scratch.PathOf("open"));
        using PluginHost host = Hosts.Of(_scratch.PathOf("open"));

        Assert.Throws<PluginDirectoryNotTrustedException>(() => host.Load("echo"));
    }

    [Fact]
    public void A_library_that_everyone_may_write_to_is_not_loaded()
    {
        string library = _scratch.Copy("echo");
        var file = new FileInfo(library);
        FileSecurity security = file.GetAccessControl();
        security.AddAccessRule(new FileSystemAccessRule(s_everyone, FileSystemRights.FullControl, AccessControlType.Allow));
        file.SetAccessControl(security);

        PluginException refusal = Hosts.Refusal(library);

        Assert.IsType<PluginDirectoryNotTrustedException>(refusal);
        Assert.StartsWith("library ", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_everyone_may_write_to_can_be_allowed()
    {
        string library = _scratch.Copy("echo", "open", "echo.dll");
        LetEveryoneWrite(_scratch.PathOf("open"));
        using var host = new PluginHost(new PluginHostOptions { AllowUntrustedDirectories = true });

        Assert.Equal(0, host.Load(library).Run().Status);
    }

    [Fact]
    public void The_program_refuses_such_a_directory_with_77_and_the_way_to_mend_it()
    {
        string library = _scratch.Copy("echo", "open", "echo.dll");
        LetEveryoneWrite(_scratch.PathOf("open"));

        Assert.All(HostProgram.Hosts, host =>
        {
            string error = host.Run(library).Exits(77).Error;
            Assert.Contains("NP1004", error, StringComparison.Ordinal);
            Assert.Contains("icacls", error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_directory_that_everyone_may_read_is_trusted()
    {
        string library = _scratch.Copy("echo", "readable", "echo.dll");
        Let(_scratch.PathOf("readable"), FileSystemRights.ReadAndExecute);

        Assert.Equal(0, Hosts.RunOnce(library).Status);
    }

    [Fact]
    public void A_staging_directory_that_everyone_may_write_to_is_refused()
    {
        string staging = _scratch.Folder("staging", $"native-plugins-{Environment.UserName}");
        LetEveryoneWrite(staging);
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _scratch.PathOf("staging") } });

        var refusal = Assert.Throws<PluginStagingException>(() => host.Load(_scratch.Copy("echo")));

        Assert.Contains("Everyone may write", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_host_makes_for_itself_nobody_else_may_write_to_wherever_it_lies()
    {
        string open = _scratch.Folder("open");
        LetEveryoneWrite(open);

        HostSystem.Current.CreatePrivateDirectory(Path.Combine(open, "private", "inner"));

        foreach (string directory in (string[])["private", @"private\inner"])
        {
            FileSystem.Current.GetStatus(Path.Combine(open, directory), followLinks: false, out FileStatus status);
            FileProtection protection = FileSystem.Current.GetProtection(Path.Combine(open, directory), status);
            Assert.False(protection.IsWritableByOthers, protection.Description);
            Assert.True(protection.IsOwnerTrusted, protection.Description);
        }
    }

    public void Dispose() => _scratch.Dispose();

    private static void LetEveryoneWrite(string directory) => Let(directory, FileSystemRights.FullControl);

    private static void Let(string path, FileSystemRights rights)
    {
        var directory = new DirectoryInfo(path);
        DirectorySecurity security = directory.GetAccessControl();
        security.AddAccessRule(new FileSystemAccessRule(s_everyone, rights, AccessControlType.Allow));
        directory.SetAccessControl(security);
    }
}
