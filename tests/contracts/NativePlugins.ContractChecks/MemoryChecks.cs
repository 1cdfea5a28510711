using System.Runtime.InteropServices;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What calls allocate, and what they leave behind.</summary>
public static partial class MemoryChecks
{
    private const int CallsInPart = 10_000;
    private const int PartsInWindow = 6;
    private const int QuietParts = 3;
    private const int MostParts = 40;

    // Half of what it would be if every tenth call left the least that there is: an object of 24 bytes, an allocation of 32.
    private const int MostManaged = CallsInPart / 10 * 24 / 2;
    private const int MostNative = CallsInPart / 10 * 32 / 2;

    public static void Calls_allocate_nothing_where_that_is_promised(ITypes types, IWork work)
    {
        byte[] bytes = new byte[1024];
        int[] written = new int[4];
        string text = new('€', 80), longText = new('€', 5000);
        var box = new Box(1, default, 2, Wide.Least);
        void Blittable()
        {
            _ = work.Add(1, 2);
            _ = types.EchoDouble(1.5);
            _ = types.EchoBool(true);
            _ = types.EchoWide(Wide.Most);
            _ = types.EchoBox(box);
            types.DoNothing();
            types.Spread(1, true, Wide.Least, box, out _, out _, out _, out _);
        }

        // Counted with a callee in C: one in C# makes a string of each text, which is memory.
        Nothing(Blittable, "blittable");
        Nothing(() => types.ReverseBytes(bytes), "a span");
        Nothing(() => types.Mixed(bytes, "", 1, false, written), "spans");
        Nothing(() => types.Mixed(default, text, 1, false, default), "a text of 240 bytes");
        Nothing(() => types.Mixed(default, longText, 1, false, default), "a text of 15,000 bytes");
    }

    public static void Nothing_is_left_behind_by_many_calls(ITypes types, IWork work)
    {
        byte[] bytes = new byte[64];
        void Round(int i)
        {
            _ = types.EchoText("text");
            _ = types.CopyBytes(bytes);
            _ = work.CountOptional(1, null);
            Check.Wait(work.EchoText("later", CancellationToken.None));
            if (i % 10 == 0)
            {
                using var source = new CancellationTokenSource();
                Check.Throws<NotSupportedException>(() => work.Fail("supported"));
                Check.Wait(work.Reverse(bytes, default, source.Token));
                _ = work.Count(1, new ProgressRecorder());
            }
        }

        // What calls leave behind grows in every part alike. The collector keeps or counts memory now and then and gives it back later: the
        // median of the slopes between all pairs of the last parts does not move by it. The JIT and the C library grow and shrink by more
        // than calls would, but not in every part: some parts leave nothing. A fall is no better than a rise: it hides what calls keep.
        var managed = new List<long>();
        var native = new List<long>();
        do
        {
            for (int i = 0; i < CallsInPart; i++)
            {
                Round(i);
            }

            (long managedBytes, long nativeBytes) = InUse();
            managed.Add(managedBytes);
            native.Add(nativeBytes);
        }
        while (managed.Count < PartsInWindow || (managed.Count < MostParts && !IsLevel()));

        bool IsLevel() => Math.Abs(MedianSlope(managed)) < MostManaged && Quiet(native) >= QuietParts;
        Check.True(
            IsLevel(),
            $"{CallsInPart} calls leave {MedianSlope(managed)} managed bytes, and native ones in all parts but {Quiet(native)}: in use were {string.Join(", ", managed)} managed, {string.Join(", ", native)} native");
    }

    private static int Quiet(List<long> inUse) => inUse.Zip(inUse.Skip(1), (before, after) => Math.Abs(after - before)).Count(bytes => bytes < MostNative);

    // The estimator of Theil and Sen over the last parts, in bytes a part.
    private static double MedianSlope(List<long> inUse)
    {
        var slopes = new List<double>();
        for (int i = inUse.Count - PartsInWindow; i < inUse.Count; i++)
        {
            for (int j = i + 1; j < inUse.Count; j++)
            {
                slopes.Add((inUse[j] - inUse[i]) / (double)(j - i));
            }
        }

        slopes.Sort();
        return (slopes[(slopes.Count - 1) / 2] + slopes[slopes.Count / 2]) / 2;
    }

    private static void Nothing(Action call, string what)
    {
        for (int i = 0; i < 200; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            call();
        }

        Check.True(GC.GetAllocatedBytesForCurrentThread() == before, $"{what}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes are allocated by 1000 calls");
    }

    private static (long Managed, long Native) InUse()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return (GC.GetTotalMemory(forceFullCollection: true), OperatingSystem.IsLinux() ? mallinfo2().Used : 0);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial MallocInfo mallinfo2();

    // struct mallinfo2 of glibc: ten size_t, of which the eighth is the bytes in use.
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private readonly struct MallocInfo
    {
#pragma warning disable CS0649 // The C library fills it in.
        [FieldOffset(56)]
        private readonly long _used;
#pragma warning restore CS0649

        public long Used => _used;
    }
}
