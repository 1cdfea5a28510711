using System.Runtime.InteropServices;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What calls allocate, and what they leave behind.</summary>
public static partial class MemoryChecks
{
    private const int CallsInPart = 20_000;
    private const int MostParts = 25;
    private const int QuietParts = 2;

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

        // The JIT and the C library keep memory of their own, now and then, and on a slow machine for long. What calls leave behind grows
        // in every part alike, so it shows in one of two parts in a row even where the other one has given something back.
        var growth = new List<(long Managed, long Native)>();
        (long managed, long native) before = InUse();
        int quiet = 0;
        while (growth.Count < MostParts && quiet < QuietParts)
        {
            for (int i = 0; i < CallsInPart; i++)
            {
                Round(i);
            }

            (long managed, long native) after = InUse();
            growth.Add((after.managed - before.managed, after.native - before.native));
            before = after;
            quiet = growth[^1].Managed < MostManaged && growth[^1].Native < MostNative ? quiet + 1 : 0;
        }

        Check.True(quiet == QuietParts, $"managed and native bytes left by each {CallsInPart} calls: {string.Join(", ", growth)}");
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
