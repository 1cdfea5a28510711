using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Tests.Resolution;

public sealed class PluginTrustTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("777")]
    [InlineData("775")]
    [InlineData("757")]
    [InlineData("1777")]
    public void A_directory_that_others_may_write_to_is_refused(string mode)
    {
        _temp.WriteFile("open/libx.so");
        TemporaryDirectory.SetMode(_temp["open"], mode);

        var e = Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator(_temp["open"]).Locate("x"));

        Assert.Equal("NP1004", e.Code);
        Assert.Contains(_temp["open"], e.Found, StringComparison.Ordinal);
        Assert.Contains($"mode {mode.PadLeft(4, '0')}, owner ", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explicit_path_is_checked_the_same_way()
    {
        string path = _temp.WriteFile("open/libx.so");
        TemporaryDirectory.SetMode(_temp["open"], "777");

        Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator().Locate(path));
    }

    [Fact]
    public void A_library_that_others_may_write_to_is_refused()
    {
        string path = _temp.WriteFile("libx.so");
        TemporaryDirectory.SetMode(path, "666");

        var e = Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator(_temp.Path).Locate("x"));
        Assert.StartsWith("library ", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_directory_of_a_link_is_checked_as_well_as_that_of_its_target()
    {
        _temp.WriteFile("store/libx.so");
        _temp.CreateDirectory("open");
        _temp.Link("open/libx.so", "../store/libx.so");
        TemporaryDirectory.SetMode(_temp["open"], "777");
        Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator(_temp["open"]).Locate("x"));

        TemporaryDirectory.SetMode(_temp["open"], "755");
        TemporaryDirectory.SetMode(_temp["store"], "777");
        Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator(_temp["open"]).Locate("x"));

        TemporaryDirectory.SetMode(_temp["store"], "755");
        Assert.Equal(_temp["store/libx.so"], Locator(_temp["open"]).Locate("x").Path);
    }

    [Fact]
    public void The_plugin_directory_above_a_folder_of_its_own_is_checked()
    {
        _temp.WriteFile("open/x/libx.so");
        TemporaryDirectory.SetMode(_temp["open"], "777");

        Assert.Throws<PluginDirectoryNotTrustedException>(() => Locator(_temp["open"]).Locate("x"));
    }

    [Fact]
    public void Untrusted_directories_can_be_allowed()
    {
        string path = _temp.WriteFile("libx.so");
        TemporaryDirectory.SetMode(_temp.Path, "777");
        var locator = new PluginLocator(
            new PluginSearch { Directories = [_temp.Path], AllowUntrustedDirectories = true, IncludeEnvironment = false },
            hostDirectory: _temp.Path);

        Assert.Equal(path, locator.Locate("x").Path);
    }

    [Theory]
    [InlineData(0u, 4242u, true)]
    [InlineData(77u, 77u, true)]
    [InlineData(77u, 0u, false)]
    public void The_owner_must_be_this_user_or_root_or_the_owner_of_the_host(uint owner, uint hostOwner, bool isTrusted)
    {
        var status = new FileStatus { Kind = FileKind.Regular, Mode = 0x1ED, OwnerId = owner };
        var trust = new FileTrust(new SystemWithOneOwner(hostOwner), "/host");

        Assert.Equal(isTrusted, trust.FindProblem("/library", status) is null);
    }

    [Fact]
    public void In_secure_execution_the_owner_of_the_host_is_not_believed()
    {
        var status = new FileStatus { Kind = FileKind.Regular, Mode = 0x1ED, OwnerId = 77 };
        var trust = new FileTrust(new SystemWithOneOwner(77, isSecure: true), "/host");

        Assert.NotNull(trust.FindProblem("/library", status));
    }

    private PluginLocator Locator(params string[] directories) => new(
        new PluginSearch { Directories = directories, IncludeEnvironment = false, IncludeHostDirectory = false },
        hostDirectory: _temp.Path);

    /// <summary>A system on which every path is a directory of one owner. This user is number 1000.</summary>
    private sealed class SystemWithOneOwner(uint owner, bool isSecure = false) : FileSystem
    {
        public override bool IsSecureExecution => isSecure;

        public override string LibraryPrefix => "lib";

        public override string LibraryExtension => ".so";

        public override BinaryFormat LibraryFormat => BinaryFormat.Elf;

        public override FileError GetStatus(string path, bool followLinks, out FileStatus status)
        {
            status = new FileStatus { Kind = FileKind.Directory, Mode = 0x1ED, OwnerId = owner };
            return FileError.None;
        }

        public override FileError GetRealPath(string path, out string realPath) => throw new NotSupportedException();

        public override FileError OpenToRead(
            string path, out Microsoft.Win32.SafeHandles.SafeFileHandle? handle, out FileStatus status) =>
            throw new NotSupportedException();

        public override FileProtection GetProtection(string path, in FileStatus status) =>
            new(IsWritableByOthers: false, $"{status.OwnerId}", IsOwnerTrusted: status.OwnerId is 0 or 1000, status.DescribeAccess());
    }
}
