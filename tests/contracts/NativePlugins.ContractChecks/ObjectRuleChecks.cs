using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What becomes of objects that misbehaving_objects.c hands over, or does not treat as it must.</summary>
public static class ObjectRuleChecks
{
    public const string PluginId = "misbehaving_objects";

    private const int InvalidState = -4;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> All { get; } = new Dictionary<string, Action<Plugin>>
    {
        [nameof(No_result_is_a_fault)] = plugin => No_result_is_a_fault(plugin.Get<IArchive>()),
        [nameof(What_is_no_object_is_a_fault)] = plugin => What_is_no_object_is_a_fault(plugin.Get<IArchive>()),
        [nameof(What_was_refused_is_not_released)] = plugin => What_was_refused_is_not_released(plugin.Get<IArchive>()),
        [nameof(A_second_result_is_refused)] = plugin => A_second_result_is_refused(plugin.Get<IArchive>()),
        [nameof(An_object_of_a_call_that_fails_is_released)] = plugin => An_object_of_a_call_that_fails_is_released(plugin.Get<IArchive>()),
        [nameof(Each_hand_over_is_released_once)] = plugin => Each_hand_over_is_released_once(plugin.Get<IArchive>()),
        [nameof(An_object_that_comes_later_is_checked)] = plugin => An_object_that_comes_later_is_checked(plugin.Get<IArchive>()),
        [nameof(A_second_release_is_refused)] = plugin => A_second_release_is_refused(plugin.Get<IArchive>()),
        [nameof(A_call_after_the_release_is_refused)] = plugin => A_call_after_the_release_is_refused(plugin.Get<IArchive>()),
        [nameof(What_was_taken_in_a_call_that_failed_is_not_there)] = plugin => What_was_taken_in_a_call_that_failed_is_not_there(plugin.Get<IArchive>()),
        [nameof(An_object_that_never_was_is_not_there)] = plugin => An_object_that_never_was_is_not_there(plugin.Get<IArchive>()),
        [nameof(A_release_on_another_thread_ends_the_calls)] = plugin => A_release_on_another_thread_ends_the_calls(plugin.Get<IArchive>()),
        [nameof(What_the_plugin_leaves_behind_is_disposed_of_with_it)] = What_the_plugin_leaves_behind_is_disposed_of_with_it,
        [nameof(Each_object_ends_once_while_its_plugin_is_reloaded)] = Each_object_ends_once_while_its_plugin_is_reloaded,
    };

    private static void No_result_is_a_fault(IArchive archive)
    {
        Fault(() => archive.Open("nothing"), "handed over no result");
        Fault(() => archive.Open("null"), "result is NULL");
        Check.True(archive.TryOpen("null") is null, "where it may be, it is null");
    }

    private static void What_is_no_object_is_a_fault(IArchive archive)
    {
        Fault(() => archive.Open("short"), "np_object of 16 bytes; 40 or more were expected");
        Fault(() => archive.Open("a piece"), "np_object of 8 bytes");
        Fault(() => archive.Open("no table"), "an object without a table");
        Fault(() => archive.Open("no release"), "an object without release");
        Fault(() => archive.Open("holes"), "a NULL function");
        Fault(() => archive.Open("another"), "not the test.session/1 that was expected");
    }

    private static void What_was_refused_is_not_released(IArchive archive)
    {
        int before = archive.CountOpen();
        Fault(() => archive.Open("holes"), "a NULL function");
        Check.Equal(before, archive.CountOpen());
    }

    private static void A_second_result_is_refused(IArchive archive)
    {
        int before = archive.CountOpen();
        using (ISession session = archive.Open("two"))
        {
            Check.Equal("session", session.GetName());
        }

        Check.Equal(before + 1, archive.CountOpen());
    }

    private static void An_object_of_a_call_that_fails_is_released(IArchive archive)
    {
        int before = archive.CountOpen();
        Check.Equal("after all", Check.Throws<InvalidOperationException>(() => archive.Open("and fail")).Message);
        Check.Equal(before + 1, archive.CountOpen());
    }

    private static void Each_hand_over_is_released_once(IArchive archive)
    {
        int before = archive.CountOpen();
        ISession session = archive.Open("right");
        for (int i = 0; i < 4; i++)
        {
            Check.True(ReferenceEquals(session, archive.Last()), "the same proxy");
        }

        session.Dispose();
        Check.Equal(before + 5, archive.CountOpen());
        using ISession next = archive.Open("right");
        Check.True(!ReferenceEquals(session, next), "a new proxy");
        Check.Equal("session", next.GetName());
    }

    private static void An_object_that_comes_later_is_checked(IArchive archive)
    {
        Fault(() => Check.Wait(archive.OpenLater("short")), "np_object of 8 bytes");
        Fault(() => Check.Wait(archive.OpenLater("null")), "result is NULL");
        Check.True(Check.Wait(archive.TryOpenLater("null")) is null, "where it may be, it is null");
    }

    private static void A_second_release_is_refused(IArchive archive)
    {
        Outlet outlet = Kept(archive), other = new();
        Check.Equal(InvalidState, archive.WriteAll("release twice"));
        Check.Equal(1, outlet.Disposed);
        archive.Keep(other, fails: false);
        Check.Equal(0, archive.WriteAll("use"));
        Check.Same<string>(["used"], [.. other.Texts]);
        Check.Equal(0, archive.WriteAll("release"));
        Check.Equal((1, 1), (outlet.Disposed, other.Disposed));
    }

    private static void A_call_after_the_release_is_refused(IArchive archive)
    {
        Outlet outlet = Kept(archive);
        Check.Equal(InvalidState, archive.WriteAll("use after release"));
        Check.Equal((1, 0), (outlet.Disposed, outlet.Texts.Count));

        // Its place is another's by now.
        Outlet[] others = [.. Enumerable.Range(0, 100).Select(_ => Given(archive))];
        Check.Equal(0, others.Sum(other => other.Texts.Count));

        static Outlet Given(IArchive archive)
        {
            Outlet outlet = Kept(archive);
            Check.Equal(InvalidState, archive.WriteAll("use after release"));
            return outlet;
        }
    }

    private static void What_was_taken_in_a_call_that_failed_is_not_there(IArchive archive)
    {
        var outlet = new Outlet();
        Check.Throws<InvalidOperationException>(() => archive.Keep(outlet, fails: true));
        Check.Equal(InvalidState, archive.WriteAll("use"));
        Check.Equal(InvalidState, archive.WriteAll("release"));
        Check.Equal((0, 0), (outlet.Disposed, outlet.Texts.Count));
    }

    private static void An_object_that_never_was_is_not_there(IArchive archive)
    {
        Outlet outlet = Kept(archive);
        Check.Equal(InvalidState, archive.WriteAll("no such object"));
        Check.Equal(1, outlet.Disposed);
    }

    private static void A_release_on_another_thread_ends_the_calls(IArchive archive)
    {
        for (int i = 0; i < 50; i++)
        {
            Outlet outlet = Kept(archive);
            Check.Equal(InvalidState, archive.WriteAll("elsewhere"));
            Check.Equal(1, outlet.Disposed);
        }
    }

    private static void What_the_plugin_leaves_behind_is_disposed_of_with_it(Plugin plugin)
    {
        using PluginHost host = PluginChecks.Host(new Store());
        Plugin other = host.Load(plugin.LibraryPath);
        Outlet outlet = Kept(other.Get<IArchive>());
        other.Stop();
        Check.Equal(0, outlet.Disposed);
        other.Dispose();
        Check.Equal(1, outlet.Disposed);
    }

    private static void Each_object_ends_once_while_its_plugin_is_reloaded(Plugin plugin)
    {
        var store = new ReleaseCounter();
        var given = new System.Collections.Concurrent.ConcurrentBag<Outlet>();
        int opened = 0, ended = 0;
        bool isOver = false;
        using (var host = new PluginHost(new PluginHostOptions
        {
            AllowUntrustedDirectories = true, CheckManifest = false, Reload = new PluginReloadOptions { LiveObjects = PluginLiveObjects.Invalidate },
        }.Offer<IStore>(store)))
        {
            Plugin reloaded = host.Load(plugin.LibraryPath);
            IArchive archive = reloaded.Get<IArchive>();
            Exception? failure = null;
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(Use))];
            Array.ForEach(threads, thread => thread.Start());
            for (int i = 0; i < 20; i++)
            {
                int before = Volatile.Read(ref opened);
                reloaded.Reload();
                Check.Until(() => Volatile.Read(ref opened) > before || failure is not null, "the new build opens objects");
            }

            Volatile.Write(ref isOver, true);
            Array.ForEach(threads, thread => thread.Join());
            Check.True(failure is null, $"no other exception: {failure}");
            Check.Equal(21, reloaded.Generation);

            void Use()
            {
                try
                {
                    while (!Volatile.Read(ref isOver))
                    {
                        UseOne(archive);
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }
            }
        }

        Check.Equal(opened, store.Count);
        Check.True(given.All(outlet => outlet.Disposed == 1), $"each of {given.Count} objects of the application is disposed of once, and {ended} ended");

        void UseOne(IArchive archive)
        {
            var outlet = new Outlet();
            archive.Keep(outlet, fails: false);
            given.Add(outlet);
            using ISession session = archive.Open("fresh");
            Interlocked.Increment(ref opened);
            try
            {
                for (int i = 0; i < 20; i++)
                {
                    Check.Equal("session", session.GetName());
                }
            }
            catch (PluginObjectEndedException)
            {
                Interlocked.Increment(ref ended);
            }
        }
    }

    private sealed class ReleaseCounter : IStore
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public string Read(string key) => "";

        public void Write(string key, ReadOnlySpan<byte> value) => Interlocked.Increment(ref _count);
    }

    private static Outlet Kept(IArchive archive)
    {
        var outlet = new Outlet();
        archive.Keep(outlet, fails: false);
        return outlet;
    }

    private static void Fault(Action action, string found)
    {
        var fault = Check.Throws<PluginFaultException>(action);
        Check.True(fault.Message.Contains(found, StringComparison.Ordinal), $"'{found}' in: {fault.Message}");
    }
}
