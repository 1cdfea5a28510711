using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What objects that cross must do, whoever implements them.</summary>
public static class ObjectChecks
{
    /// <summary>All of them, by name.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "For tests.")]
    public static IReadOnlyDictionary<string, Action<IArchive>> All { get; } = new Dictionary<string, Action<IArchive>>
    {
        [nameof(An_object_is_used_and_disposed_of)] = An_object_is_used_and_disposed_of,
        [nameof(An_object_opens_another)] = An_object_opens_another,
        [nameof(A_result_may_be_no_object)] = A_result_may_be_no_object,
        [nameof(An_object_comes_later)] = An_object_comes_later,
        [nameof(The_same_object_is_the_same_proxy)] = The_same_object_is_the_same_proxy,
        [nameof(The_same_object_from_elsewhere_is_the_same_proxy)] = The_same_object_from_elsewhere_is_the_same_proxy,
        [nameof(An_object_takes_callbacks)] = An_object_takes_callbacks,
        [nameof(What_the_end_throws_reaches_who_disposes)] = What_the_end_throws_reaches_who_disposes,
        [nameof(An_object_without_an_end_stays)] = An_object_without_an_end_stays,
        [nameof(A_leaked_object_is_released)] = A_leaked_object_is_released,
        [nameof(An_object_lives_until_its_last_call_ends)] = An_object_lives_until_its_last_call_ends,
        [nameof(An_asynchronous_call_keeps_its_object)] = An_asynchronous_call_keeps_its_object,
        [nameof(An_end_may_be_awaited)] = An_end_may_be_awaited,
        [nameof(An_awaited_end_may_fail)] = An_awaited_end_may_fail,
        [nameof(An_object_that_is_given_is_used_and_disposed_of_once)] = An_object_that_is_given_is_used_and_disposed_of_once,
        [nameof(An_object_that_is_given_later_is_kept)] = An_object_that_is_given_later_is_kept,
        [nameof(An_object_stays_its_givers_when_the_call_fails)] = An_object_stays_its_givers_when_the_call_fails,
        [nameof(An_object_that_must_be_there_may_not_be_null)] = An_object_that_must_be_there_may_not_be_null,
        [nameof(An_object_goes_there_and_back)] = An_object_goes_there_and_back,
        [nameof(Sixteen_threads_use_and_dispose_of_one_object)] = Sixteen_threads_use_and_dispose_of_one_object,
    };

    private static void An_object_is_used_and_disposed_of(IArchive archive)
    {
        ISession session = archive.Open("first");
        Check.Equal("first", session.GetName());
        Check.Equal(1, archive.CountOpen());
        session.Dispose();
        session.Dispose();
        Check.Equal(0, archive.CountOpen());
        Check.True(Check.Throws<ObjectDisposedException>(() => session.GetName()).ObjectName == "test.session/1", "the exception names the contract");
    }

    private static void An_object_opens_another(IArchive archive)
    {
        using (ISession session = archive.Open("outer"))
        {
            using ICursor cursor = session.Query(3);
            int sum = 0;
            while (cursor.TryRead(out int value))
            {
                sum += value;
            }

            Check.Equal(3, sum);
            Check.Equal(2, archive.CountOpen());
        }

        Check.Equal(0, archive.CountOpen());
    }

    private static void A_result_may_be_no_object(IArchive archive)
    {
        Check.True(archive.TryOpen("") is null, "there is none");
        using ISession? session = archive.TryOpen("some");
        Check.Equal("some", session?.GetName());
    }

    private static void An_object_comes_later(IArchive archive)
    {
        using (ISession session = Check.Wait(archive.OpenLater("later")))
        {
            Check.Equal("later", session.GetName());
        }

        Check.True(Check.Wait(archive.TryOpenLater("")) is null, "there is none");
        using (ISession? other = Check.Wait(archive.TryOpenLater("other")))
        {
            Check.Equal("other", other?.GetName());
        }

        Check.Equal(0, archive.CountOpen());
    }

    private static void The_same_object_is_the_same_proxy(IArchive archive)
    {
        Check.True(archive.Last() is null, "none is open");
        ISession session = archive.Open("one");
        for (int i = 0; i < 3; i++)
        {
            Check.True(ReferenceEquals(session, archive.Last()), "the same proxy");
        }

        session.Dispose();
        Check.Equal(0, archive.CountOpen());
        Check.True(archive.Last() is null, "none is open any more");
    }

    private static void The_same_object_from_elsewhere_is_the_same_proxy(IArchive archive)
    {
        using ISession session = archive.Open("one");
        using ICursor cursor = session.Query(1);
        Check.True(ReferenceEquals(session, cursor.GetSession()), "the same proxy");
    }

    private static void An_object_takes_callbacks(IArchive archive)
    {
        using ISession session = archive.Open("counting");
        var progress = new ProgressRecorder { Then = () => Check.Equal("counting", session.GetName()) };
        Check.Equal(3, session.Count(3, progress));
        Check.Equal("counting", progress.Reports[2].Stage);
    }

    private static void What_the_end_throws_reaches_who_disposes(IArchive archive)
    {
        ISession session = archive.Open("bad");
        Check.Equal("a bad end", Check.Throws<InvalidOperationException>(session.Dispose).Message);
        session.Dispose();
        Check.Equal(0, archive.CountOpen());
    }

    private static void An_object_without_an_end_stays(IArchive archive)
    {
        int first = Ask(archive);
        Collect();
        Check.Equal(first + 1, Ask(archive));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int Ask(IArchive archive) => archive.GetShelf().Ask();
    }

    private static void A_leaked_object_is_released(IArchive archive)
    {
        Leak(archive);
        Check.Until(() => { Collect(); return archive.CountOpen() == 0; }, "the leaked session is released");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Leak(IArchive archive) => Check.Equal("lost", archive.Open("lost").GetName());
    }

    private static void An_object_lives_until_its_last_call_ends(IArchive archive)
    {
        ISession session = archive.Open("busy");
        Check.Equal(2, session.Count(2, new ProgressRecorder { Then = () => Task.Run(session.Dispose).Wait() }));
        Check.Equal(0, archive.CountOpen());
    }

    private static void An_asynchronous_call_keeps_its_object(IArchive archive)
    {
        ISession session = archive.Open("waiting");
        ValueTask<string> name = session.GetNameLater();
        ISession same = archive.Last()!;
        using (ICursor cursor = same.Query(0))
        {
            session.Dispose();
            Check.Equal(2, archive.CountOpen());
            using ISession again = cursor.GetSession();
            again.Complete();
        }

        Check.Equal("waiting", Check.Wait(name));
        Check.Until(() => archive.CountOpen() == 0, "the session ends with its call");
    }

    private static void An_end_may_be_awaited(IArchive archive)
    {
        int before = archive.SumFlushed();
        IFlushed log = archive.OpenFlushed();
        log.Add(3);
        log.Add(4);
        Check.Wait(log.DisposeAsync());
        Check.Equal(before + 7, archive.SumFlushed());
        Check.Wait(log.DisposeAsync());
        Check.Equal(before + 7, archive.SumFlushed());
        Check.Throws<ObjectDisposedException>(() => log.Add(1));
    }

    private static void An_awaited_end_may_fail(IArchive archive)
    {
        IFlushed log = archive.OpenFlushed();
        log.Add(-1);
        Check.Equal("cannot flush", Check.Throws<NotSupportedException>(() => Check.Wait(log.DisposeAsync())).Message);
    }

    private static void An_object_that_is_given_is_used_and_disposed_of_once(IArchive archive)
    {
        var outlet = new Outlet();
        archive.Keep(outlet, fails: false);
        Check.Equal(1, archive.WriteAll("hello"));
        Check.Same<string>(["hello"], [.. outlet.Texts]);
        Check.Same<string>(["hello"], [.. outlet.Inner!.Texts]);
        Check.Equal(1, outlet.Inner.Disposed);
        Check.Equal(0, outlet.Disposed);
        archive.DropAll();
        Check.Equal(1, outlet.Disposed);
        Check.Equal(0, archive.WriteAll("nobody"));
    }

    private static void An_object_that_is_given_later_is_kept(IArchive archive)
    {
        var outlet = new Outlet();
        Check.Wait(archive.KeepLater(outlet));
        Check.Wait(archive.KeepLater(null));
        Check.Equal(1, archive.WriteAll("hello"));
        archive.DropAll();
        Check.Equal(1, outlet.Disposed);
    }

    private static void An_object_stays_its_givers_when_the_call_fails(IArchive archive)
    {
        var outlet = new Outlet();
        Check.Equal("refused", Check.Throws<InvalidOperationException>(() => archive.Keep(outlet, fails: true)).Message);
        Check.Equal(0, outlet.Disposed);
        archive.Keep(outlet, fails: false);
        Check.Equal(1, archive.WriteAll("still"));
        archive.DropAll();
        Check.Equal(1, outlet.Disposed);
    }

    private static void An_object_that_must_be_there_may_not_be_null(IArchive archive) =>
        Check.Equal("outlet", Check.Throws<ArgumentNullException>(() => archive.Keep(null!, fails: false)).ParamName);

    private static void An_object_goes_there_and_back(IArchive archive)
    {
        var outlet = new Outlet();
        archive.Keep(outlet, fails: false);
        using (IOutlet back = archive.GiveBack()!)
        {
            back.Write("and back");
        }

        archive.DropAll();
        Check.Same<string>(["and back"], [.. outlet.Texts]);
        Check.Equal(1, outlet.Disposed);
    }

    private static void Sixteen_threads_use_and_dispose_of_one_object(IArchive archive)
    {
        for (int round = 0; round < 20; round++)
        {
            ISession session = archive.Open("shared");
            using var start = new Barrier(16);
            Thread[] threads = [.. Enumerable.Range(0, 16).Select(i => new Thread(() => Use(session, start, i)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Check.Equal(0, archive.CountOpen());
        }

        static void Use(ISession session, Barrier start, int number)
        {
            start.SignalAndWait();
            for (int i = 0; i < 50; i++)
            {
                try
                {
                    _ = session.GetName();
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                if (i == number)
                {
                    session.Dispose();
                }
            }
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
