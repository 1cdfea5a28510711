using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

public sealed class StartEnvironmentTests
{
    [Theory]
    [InlineData("A=1\0LD_LIBRARY_PATH=/a:/b\0B=2\0", "/a:/b")]
    [InlineData("LD_LIBRARY_PATH=\0", "")]
    [InlineData("LD_LIBRARY_PATH=/a\0LD_LIBRARY_PATH=/b\0", "/b")]
    [InlineData("XLD_LIBRARY_PATH=/a\0LD_LIBRARY_PATHS=/b\0", null)]
    [InlineData("LD_LIBRARY_PATH=/cut", "/cut")]
    [InlineData("", null)]
    public void The_last_entry_of_a_name_is_its_value(string entries, string? expected) =>
        Assert.Equal(expected, StartEnvironment.Find(System.Text.Encoding.UTF8.GetBytes(entries), "LD_LIBRARY_PATH"));

    [LinuxFact]
    public void What_is_set_later_does_not_count()
    {
        string? before = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH");
        string? atStart = StartEnvironment.LibraryPath;
        try
        {
            Environment.SetEnvironmentVariable("LD_LIBRARY_PATH", "/set/at/run/time");

            Assert.Equal(atStart, StartEnvironment.LibraryPath);
            Assert.NotEqual("/set/at/run/time", StartEnvironment.LibraryPath);
            Assert.Contains("is now '/set/at/run/time', but the loader goes by its value when the process started", StartEnvironment.DescribeLaterLibraryPath(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LD_LIBRARY_PATH", before);
        }

        Assert.Null(StartEnvironment.DescribeLaterLibraryPath());
    }
}
