using System.Runtime.InteropServices;
using NativePlugins.Host.Heap;
using NativePlugins.Tests;

namespace NativePlugins.Host.Tests.Heap;

/// <summary>What keeps an object of this process.</summary>
public sealed class HeapSnapshotTests
{
    private static readonly Keeper<InField> s_field;

    // Not where it is used, as the thread of the test would hold it then.
    static HeapSnapshotTests() => s_field = new Keeper<InField>();

    [LinuxFact]
    public void What_keeps_an_object_is_found_whatever_it_is()
    {
        GCHandle handle = GCHandle.Alloc(new Keeper<InHandle>());
        using var end = new ManualResetEventSlim();
        using var runs = new ManualResetEventSlim();
        var thread = new Thread(() => Keep(new Keeper<OnStack>(), runs, end));
        thread.Start();
        runs.Wait();
        try
        {
            HeapSnapshot heap = HeapSnapshot.Take()!;

            HeapPath field = Find(heap, typeof(InField));
            Assert.Equal((HeapRootKind.Static, nameof(s_field)), (field.Kind, Assert.Single(field.Fields)));
            Assert.Contains("Keeper", Assert.Single(field.Types), StringComparison.Ordinal);
            Assert.Equal(HeapRootKind.Handle, Find(heap, typeof(InHandle)).Kind);
            Assert.Equal(HeapRootKind.Stack, Find(heap, typeof(OnStack)).Kind);
        }
        finally
        {
            end.Set();
            thread.Join();
            handle.Free();
        }
    }

    private static HeapPath Find(HeapSnapshot heap, Type type) => heap.FindPath(heap.FindOf(type.TypeHandle.Value), without: -1)!;

    private static void Keep(object kept, ManualResetEventSlim runs, ManualResetEventSlim end)
    {
        runs.Set();
        end.Wait();
        GC.KeepAlive(kept);
    }

    private sealed class Keeper<T>
        where T : new()
    {
        public T Kept { get; } = new();
    }

    private sealed class InField;

    private sealed class InHandle;

    private sealed class OnStack;
}
