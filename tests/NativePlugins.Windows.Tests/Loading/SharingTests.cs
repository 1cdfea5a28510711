using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Loading;

/// <summary>A file that somebody, a virus scanner say, holds open and shares with nobody.</summary>
public sealed class SharingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_library_that_is_held_for_a_moment_is_opened_when_its_holder_lets_go()
    {
        string library = _scratch.Copy("echo");
        FileStream holder = Hold(library);
        var system = new WindowsFileSystem(new SharingRetry(attempt =>
        {
            if (attempt == 3)
            {
                holder.Dispose();
            }
        }));

        FileError error = system.OpenToRead(library, out SafeFileHandle? handle, out FileStatus status);
        using (handle)
        {
            Assert.Equal(FileErrorKind.None, error.Kind);
            Assert.True(status.IsRegular);
        }
    }

    [Fact]
    public void A_library_that_is_held_for_long_is_refused_as_in_use_after_a_bounded_number_of_tries()
    {
        string library = _scratch.Copy("echo");
        using FileStream holder = Hold(library);
        int tries = 0;
        var system = new WindowsFileSystem(new SharingRetry(_ => tries++));

        FileError error = system.OpenToRead(library, out SafeFileHandle? handle, out _);

        Assert.Equal(FileErrorKind.InUse, error.Kind);
        Assert.Null(handle);
        Assert.Equal(SharingRetry.MostRetries, tries);
    }

    [Fact]
    public void The_refusal_says_that_another_process_holds_the_file()
    {
        string library = _scratch.Copy("echo");
        using FileStream holder = Hold(library);

        PluginException refusal = Hosts.Refusal(library);

        Assert.IsType<PluginFileAccessException>(refusal);
        Assert.Contains("another process holds it open", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_held_is_refused_as_in_use_too()
    {
        string library = _scratch.Copy("echo");
        string manifest = _scratch.Write("echo.plugin.json", "{}"u8.ToArray());
        using FileStream holder = Hold(manifest);

        PluginException refusal = Hosts.Refusal(library);

        Assert.IsType<PluginFileAccessException>(refusal);
        Assert.Contains("another process holds it open", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_that_holds_it_counts_the_same()
    {
        string library = _scratch.Copy("echo");
        using FileStream holder = Hold(library);

        Assert.All(HostProgram.Hosts, host => Assert.Contains("another process holds it open", host.Run(library).Exits(74).Error, StringComparison.Ordinal));
    }

    public void Dispose() => _scratch.Dispose();

    private static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
}
