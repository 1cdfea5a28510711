using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// The address space that the runtime in a NativeAOT library reserves at the first call. If the process may not have so much (RLIMIT_AS,
/// <c>ulimit -v</c>), the runtime would end the process. Nothing is guessed: the library's file states what its garbage collector reserves,
/// and a trial shows whether there is room for that.
/// </summary>
internal static class RuntimeSpace
{
    /// <summary>Why the library must not be mapped here; null if there is room for its runtime, or no limit.</summary>
    /// <exception cref="BinaryException">The library cannot be read any more.</exception>
    public static BinaryReason? FindRefusal(BinaryImage library)
    {
        if (AddressSpaceRoom.Measure() is not { } room)
        {
            return null;
        }

        (ulong needed, ulong heap) = NeededBy(library, room);
        return AddressSpaceRoom.CanReserve(needed) ? null : ProcessFailures.RuntimeSpace(library, needed, heap, room);
    }

    /// <summary>In bytes: all of it, and the range of the garbage collector in it.</summary>
    /// <exception cref="BinaryException">The library cannot be read any more.</exception>
    public static (ulong Needed, ulong Heap) NeededBy(BinaryImage library, AddressSpaceRoom room)
    {
        const ulong CardTableShare = 1024; // The garbage collector's own tables: measured, a thousandth of what they describe.
        ulong heap = NativeAotHeap.ReadRange(library.Path, FileSystem.Current) ?? DefaultRange(room.Limit);

        // The runtime starts its first thread before it reserves the heap.
        return (heap + (heap / CardTableShare) + library.Status.Size + AddressSpaceRoom.OfThread(), heap);
    }

    /// <summary>The least that a runtime reserves without a setting: dotnet/runtime, src/coreclr/gc, "regions_range".</summary>
    private static ulong DefaultRange(ulong limit)
    {
        const ulong Most = 256UL << 30;
        ulong twiceMemory = 2 * (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Math.Min(Math.Min(Most, twiceMemory), limit / 2);
    }
}
