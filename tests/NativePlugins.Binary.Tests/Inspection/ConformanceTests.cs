using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Does with a few libraries what the build's verb conform does with every library of the system.</summary>
public sealed class ConformanceTests
{
    private const int SampleSize = 24;

    public static TheoryData<string> Sample => [.. Chosen()];

    [LinuxTheory]
    [MemberData(nameof(Sample))]
    public void A_library_of_the_system_is_read_as_readelf_reads_it(string path) =>
        Assert.Empty(Comparison.WithReadelf(Libraries.Inspect(path), Readelf.Read(path)));

    [LinuxFact]
    public void What_the_libraries_of_the_system_need_resolves_to_what_ldd_prints()
    {
        // ldd refuses some libraries, such as those with an interpreter of their own.
        (string Path, Ldd Expected)[] compared = [.. Chosen().SelectMany(Compared)];

        Assert.NotEmpty(compared);
        Assert.All(compared, library => Assert.Empty(Comparison.WithLdd(Libraries.Inspect(library.Path), library.Expected)));
    }

    private static IEnumerable<(string Path, Ldd Expected)> Compared(string path) => Ldd.Read(path) is { } expected ? [(path, expected)] : [];

    private static IEnumerable<string> Chosen()
    {
        IReadOnlyList<string> libraries = OperatingSystem.IsLinux() ? SystemLibraries.Find() : [];
        int step = Math.Max(1, libraries.Count / SampleSize);
        return libraries.Where((_, index) => index % step == 0);
    }
}
