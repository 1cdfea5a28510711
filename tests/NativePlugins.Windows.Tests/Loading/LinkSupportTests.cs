using System.Runtime.InteropServices;

namespace NativePlugins.Windows.Tests.Loading;

/// <summary>The parts of the C runtime that libraries and programs are linked with on Linux (tests/windows-link).</summary>
[Trait("Category", "link")]
public sealed unsafe class LinkSupportTests : IDisposable
{
    private const ulong CookieThatNobodyHasSet = 0x00002B992DDFA232;

    private readonly Scratch _scratch = new();
    private readonly nint _library;

    public LinkSupportTests() => _library = NativeLibrary.Load(_scratch.Copy("link_check"));

    [Fact]
    public void What_is_static_is_constructed_when_the_library_is_loaded()
    {
        Assert.Equal(1, ((delegate* unmanaged<int>)Find("is_constructed"))());
    }

    [Fact]
    public void What_it_registered_for_its_end_runs_in_reverse_order_when_it_is_unloaded()
    {
        int* ends = stackalloc int[2] { 0, 0 };
        nint library = NativeLibrary.Load(_scratch.Copy("link_check", "other.dll"));
        ((delegate* unmanaged<int*, void>)NativeLibrary.GetExport(library, "tell_ends"))(ends);

        NativeLibrary.Free(library);

        Assert.Equal((2, 1), (ends[0], ends[1]));
    }

    [Fact]
    public void A_local_static_is_constructed_once_by_threads_that_ask_at_the_same_time()
    {
        var once = (delegate* unmanaged<int>)Find("make_once");
        int[] seen = new int[8];
        Thread[] threads = [.. Enumerable.Range(0, seen.Length).Select(i => new Thread(() => seen[i] = once()))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(seen, number => Assert.Equal(1, number));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(100)]
    public void Destructors_of_a_thread_all_run_when_it_ends(int more)
    {
        var use = (delegate* unmanaged<int, int>)Find("use_in_thread");
        int seen = 0;
        var thread = new Thread(() => seen = use(more));

        thread.Start();
        thread.Join();

        // The system's thread ends a moment after the runtime has said so.
        var ran = (delegate* unmanaged<int>)Find("destructors_that_ran");
        Assert.True(SpinWait.SpinUntil(() => ran() == more + 1, TimeSpan.FromSeconds(20)), $"{ran()} have run");
        Assert.Equal(7, seen);
    }

    [Fact]
    public void Each_library_has_a_cookie_of_its_own_whose_highest_bytes_are_zero()
    {
        nint other = NativeLibrary.Load(_scratch.Copy("link_check", "other.dll"));
        ulong[] cookies = [((delegate* unmanaged<ulong>)Find("cookie"))(), ((delegate* unmanaged<ulong>)NativeLibrary.GetExport(other, "cookie"))()];
        NativeLibrary.Free(other);

        Assert.NotEqual(cookies[0], cookies[1]);
        Assert.All(cookies, cookie => Assert.Equal((false, 0UL), (cookie == CookieThatNobodyHasSet, cookie >> 48)));
    }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _scratch.Dispose();
    }

    private nint Find(string function) => NativeLibrary.GetExport(_library, function);
}
