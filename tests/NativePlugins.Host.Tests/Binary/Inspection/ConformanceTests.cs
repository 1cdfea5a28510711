using NativePlugins.Conform;

namespace NativePlugins.Host.Tests.Binary.Inspection;

/// <summary>A sample of what the build's verb conform does with every library of the system.</summary>
public sealed class ConformanceTests
{
    private const int SampleSize = 24;

    public static TheoryData<string> Sample
    {
        get
        {
            IReadOnlyList<string> libraries = OperatingSystem.IsLinux() ? SystemLibraries.Find() : [];
            int step = Math.Max(1, libraries.Count / SampleSize);
            return [.. libraries.Where((_, index) => index % step == 0)];
        }
    }

    [Theory]
    [MemberData(nameof(Sample))]
    public void A_library_of_the_system_is_read_as_readelf_reads_it(string path) =>
        Assert.Empty(Comparison.WithReadelf(PluginBinary.Inspect(path), Readelf.Read(path)));

    [Theory]
    [MemberData(nameof(Sample))]
    public void What_a_library_of_the_system_needs_resolves_to_what_ldd_prints(string path)
    {
        if (Ldd.Read(path) is { } expected)
        {
            Assert.Empty(Comparison.WithLdd(PluginBinary.Inspect(path), expected));
        }
    }
}
