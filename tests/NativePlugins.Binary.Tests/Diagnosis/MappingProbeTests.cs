using System.Buffers.Binary;
using NativePlugins.Binary.Diagnosis;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests;

public sealed class MappingProbeTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    /// <summary>A test with a file that may be read, but not mapped as code.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SharedMemoryFactAttribute : FactAttribute
    {
        public SharedMemoryFactAttribute() => Skip = OperatingSystem.IsLinux() && FileSystem.Current.FindNoExecMount("/dev/shm/any") == "/dev/shm"
            ? null
            : "/dev/shm is not mounted with noexec";
    }

    public void Dispose() => _temp.Dispose();

    [RefusalFact]
    public void A_library_that_can_be_mapped_is_not_explained() =>
        Assert.Null(MappingProbe.Try(Libraries.Check(CCompiler.Plugin())));

    [RefusalFact]
    public void A_library_that_is_larger_than_what_is_left_of_the_address_space_is_explained_with_the_figures()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Plugin());
        const int LoadType = 1;
        int last = Enumerable.Range(0, bytes[56]).Select(i => bytes[32] + (i * 56)).Last(at => bytes[at] == LoadType);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(last + 40), (1UL << 47) - (1UL << 20));
        BinaryImage image = Libraries.Check(_temp.WriteFile("large.so", bytes));

        var e = Libraries.IsReason(BinaryErrors.AddressSpace, MappingProbe.Try(image));

        Assert.Contains("140,737,48", e.Expected, StringComparison.Ordinal);
        Assert.Contains("bytes in use", e.Found, StringComparison.Ordinal);
    }

    [SharedMemoryFact]
    public void Code_that_the_system_does_not_let_be_mapped_is_explained_with_its_reason()
    {
        string path = Path.Combine("/dev/shm", "np-probe-" + Guid.NewGuid().ToString("N"));
        File.Copy(CCompiler.Plugin(), path);
        try
        {
            var e = Libraries.IsReason(BinaryErrors.SecurityPolicy, MappingProbe.Try(Libraries.Check(path)));
            Assert.Contains("permission denied", e.Found, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
