using NativePlugins.Host.Platform;

namespace NativePlugins.Cli.Tests;

public sealed class BuildDirectoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Fact]
    public void What_a_killed_process_has_left_is_removed_and_what_a_living_one_uses_is_not()
    {
        using ProcessDirectory living = BuildDirectory.Create(_root);
        string left = Directory.CreateDirectory(Path.Combine(_root, "4711-left")).FullName;
        File.WriteAllText(Path.Combine(left, "libx.so"), "");
        File.WriteAllText(left + ".lock", "");

        using ProcessDirectory next = BuildDirectory.Create(_root);

        Assert.Equal(
            new[] { living.Path, living.Path + ".lock", next.Path, next.Path + ".lock" }.Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(_root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_this_users_alone_and_gone_at_the_end()
    {
        using (ProcessDirectory directory = BuildDirectory.Create(_root))
        {
            Assert.True(OperatingSystem.IsWindows()
                || File.GetUnixFileMode(directory.Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
