using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Loading;

/// <summary>
/// Refuses a NativeAOT library, before it is mapped, if the process may not have as much address space (RLIMIT_AS, <c>ulimit -v</c>) as the
/// library's runtime reserves at the first call: the runtime would end the process. Nothing is guessed: the library's file states what its
/// garbage collector reserves, and a trial shows whether there is room for that.
/// </summary>
internal static class AddressSpace
{
    public static void Require(BinaryImage library)
    {
        if (HostSystem.Current.ReadAddressSpace() is not { } space || MappedImages.IsNativeAot(library.Path))
        {
            return;
        }

        ulong heap = Refusals.Read(() => NativeAotHeap.ReadRange(library.Path, FileSystem.Current)) ?? DefaultRange(space.Limit);
        const ulong CardTableShare = 1024; // The garbage collector's own tables: measured, a thousandth of what they describe.

        // The runtime starts its first thread before it reserves the heap.
        ulong needed = heap + (heap / CardTableShare) + library.Status.Size + space.Thread;
        if (!HostSystem.Current.CanReserve(needed))
        {
            throw new PluginAddressSpaceException(new PluginFailure(
                $"there is not enough address space left for the .NET runtime in {UntrustedText.Quote(library.Path)}")
            {
                Expected = $"room for {Mebibytes(needed)}, of which {Mebibytes(heap)} are the range of its garbage collector",
                Found = $"a limit of {Mebibytes(space.Limit)} (RLIMIT_AS), of which {Mebibytes(space.Used)} are taken, and no such room in the rest",
            });
        }
    }

    /// <summary>The least that a runtime reserves without a setting: dotnet/runtime, src/coreclr/gc, "regions_range".</summary>
    private static ulong DefaultRange(ulong limit)
    {
        const ulong Most = 256UL << 30;
        ulong twiceMemory = 2 * (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Math.Min(Math.Min(Most, twiceMemory), limit / 2);
    }

    private static string Mebibytes(ulong bytes) => InvariantText.Of($"{bytes / (1UL << 20):N0} MiB");
}
