using System.Text;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests;

public sealed class LdSoCacheTests
{
    [Theory]
    [InlineData("libc.so.6", "libc.so.6", 0)]
    [InlineData("libc.so.06", "libc.so.6", 0)]
    [InlineData("libc.so.10", "libc.so.9", 1)]
    [InlineData("libc.so", "libc.so.6", -1)]
    [InlineData("libc.so.6", "libc.so", 1)]
    [InlineData("lib1.so", "liba.so", 1)]
    [InlineData("liba.so", "lib1.so", -1)]
    [InlineData("", "", 0)]
    public void Names_are_compared_as_the_loader_compares_them(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(LdSoCache.Compare(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right))));

    [LoaderCacheFact]
    public void The_best_build_that_the_processor_runs_is_taken()
    {
        var files = new LibraryFiles(FileSystem.Current, BinaryTarget.OfProcess(FileSystem.Current));
        var known = new HardwareCapabilities(files, isThisProcessor: true, new Lazy<Version?>(new Version(2, 36)));
        var unknown = new HardwareCapabilities(files, isThisProcessor: false, new Lazy<Version?>(new Version(2, 36)));
        LdSoCacheEntry plain = new("/plain", null, 0, 0);

        Assert.Equal("/plain", known.Choose([new("/v9", "x86-64-v9", 0, 0), plain]));
        Assert.Equal("/plain", known.Choose([new("/level", "x86-64-v2", 0, 30), plain]));
        Assert.Equal("/plain", known.Choose([new("/bits", null, 1UL << 40, 0), plain]));
        Assert.Equal("/plain", unknown.Choose([new("/v2", "x86-64-v2", 0, 1), plain]));
        Assert.Null(known.Choose([]));
    }
}
