using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What events that cross must do, whoever raises them.</summary>
public static class EventChecks
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(1);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<ISignals>> All { get; } = new Dictionary<string, Action<ISignals>>
    {
        [nameof(A_handler_hears_each_event)] = A_handler_hears_each_event,
        [nameof(A_handler_that_was_removed_hears_nothing)] = A_handler_that_was_removed_hears_nothing,
        [nameof(A_handler_that_was_added_twice_is_removed_twice)] = A_handler_that_was_added_twice_is_removed_twice,
        [nameof(Handlers_that_were_combined_are_removed_one_by_one)] = Handlers_that_were_combined_are_removed_one_by_one,
        [nameof(Nothing_is_added_and_what_is_not_there_is_removed)] = Nothing_is_added_and_what_is_not_there_is_removed,
        [nameof(The_sender_is_the_proxy)] = The_sender_is_the_proxy,
        [nameof(What_a_handler_throws_reaches_who_raises)] = What_a_handler_throws_reaches_who_raises,
        [nameof(A_handler_removes_itself)] = A_handler_removes_itself,
        [nameof(A_handler_is_added_in_a_handler)] = A_handler_is_added_in_a_handler,
        [nameof(Removing_waits_for_the_handler_on_another_thread)] = Removing_waits_for_the_handler_on_another_thread,
        [nameof(No_handler_runs_after_it_was_removed)] = No_handler_runs_after_it_was_removed,
        [nameof(The_other_side_listens_until_it_stops)] = The_other_side_listens_until_it_stops,
        [nameof(An_object_that_is_released_is_listened_to_no_more)] = An_object_that_is_released_is_listened_to_no_more,
        [nameof(A_delegate_returns_an_object)] = A_delegate_returns_an_object,
    };

    private static void A_handler_hears_each_event(ISignals signals)
    {
        List<int> heard = [];
        signals.Changed += heard.Add;
        signals.Raise(1);
        signals.Raise(-2);
        Check.Equal(1, signals.CountHandlers());
        signals.Changed -= heard.Add;
        Check.Same<int>([1, -2], [.. heard]);
    }

    private static void A_handler_that_was_removed_hears_nothing(ISignals signals)
    {
        int heard = 0;
        void Hear(int value) => heard += value;
        signals.Changed += Hear;
        signals.Changed -= Hear;
        signals.Raise(1);
        Check.Equal((0, 0), (heard, signals.CountHandlers()));
    }

    private static void A_handler_that_was_added_twice_is_removed_twice(ISignals signals)
    {
        int heard = 0;
        void Hear(int value) => heard += value;
        signals.Changed += Hear;
        signals.Changed += Hear;
        signals.Raise(1);
        signals.Changed -= Hear;
        signals.Raise(10);
        signals.Changed -= Hear;
        signals.Raise(100);
        Check.Equal((12, 0), (heard, signals.CountHandlers()));
    }

    private static void Handlers_that_were_combined_are_removed_one_by_one(ISignals signals)
    {
        List<string> heard = [];
        Action<int> first = value => heard.Add($"first {value}"), second = value => heard.Add($"second {value}");
        signals.Changed += first + second;
        signals.Raise(1);
        signals.Changed -= first;
        signals.Raise(2);
        signals.Changed -= second;
        Check.Same<string>(["first 1", "second 1", "second 2"], [.. heard]);
        Check.Equal(0, signals.CountHandlers());
    }

    private static void Nothing_is_added_and_what_is_not_there_is_removed(ISignals signals)
    {
        signals.Changed += null;
        signals.Changed -= null;
        signals.Changed -= _ => { };
        signals.Raise(1);
        Check.Equal(0, signals.CountHandlers());
    }

    private static void The_sender_is_the_proxy(ISignals signals)
    {
        List<(object? Sender, object Arguments)> heard = [];
        EventHandler closed = (sender, e) => heard.Add((sender, e));
        EventHandler<Person> moved = (sender, e) => heard.Add((sender, e.Name));
        signals.Closed += closed;
        signals.Moved += moved;
        signals.RaiseOthers(new Person("Ada", 36) { Mode = Mode.Fast });
        signals.Closed -= closed;
        signals.Moved -= moved;
        signals.RaiseOthers(new Person("Bob", 36) { Mode = Mode.Fast });
        Check.Equal(2, heard.Count);
        Check.True(heard.TrueForAll(item => ReferenceEquals(item.Sender, signals)), "the sender is the proxy");
        Check.Equal((EventArgs.Empty, "Ada"), (heard[0].Arguments, heard[1].Arguments));
    }

    private static void What_a_handler_throws_reaches_who_raises(ISignals signals)
    {
        int heard = 0;
        Action<int> bad = value => throw new NotSupportedException("deaf"), good = value => heard++;
        signals.Changed += good;
        signals.Changed += bad;
        signals.Changed += good;
        try
        {
            Check.Equal("deaf", Check.Throws<NotSupportedException>(() => signals.Raise(1)).Message);
            Check.Equal(1, heard);
        }
        finally
        {
            signals.Changed -= good;
            signals.Changed -= bad;
            signals.Changed -= good;
        }
    }

    private static void A_handler_removes_itself(ISignals signals)
    {
        int heard = 0;
        Action<int> once = null!;
        once = value =>
        {
            heard += value;
            signals.Changed -= once;
        };
        signals.Changed += once;
        signals.Raise(1);
        signals.Raise(10);
        Check.Equal((1, 0), (heard, signals.CountHandlers()));
    }

    private static void A_handler_is_added_in_a_handler(ISignals signals)
    {
        int heard = 0;
        Action<int> inner = value => heard += value;
        Action<int> outer = value => signals.Changed += inner;
        signals.Changed += outer;
        signals.Raise(1);
        signals.Changed -= outer;
        heard = 0;
        signals.Raise(10);
        signals.Changed -= inner;
        Check.Equal((10, 0), (heard, signals.CountHandlers()));
    }

    private static void Removing_waits_for_the_handler_on_another_thread(ISignals signals)
    {
        using var isInside = new ManualResetEventSlim();
        using var mayLeave = new ManualResetEventSlim();
        bool hasLeft = false;
        Action<int> slow = value =>
        {
            isInside.Set();
            mayLeave.Wait(s_soon);
            Volatile.Write(ref hasLeft, true);
        };
        signals.Changed += slow;
        var raising = Task.Run(() => signals.Raise(1));
        Check.True(isInside.Wait(s_soon), "the handler runs");
        var removing = new Thread(() => signals.Changed -= slow);
        removing.Start();
        Check.Until(() => (removing.ThreadState & ThreadState.WaitSleepJoin) != 0 || !removing.IsAlive, "it waits");
        mayLeave.Set();
        Check.True(removing.Join(s_soon), "it has been removed");
        Check.True(Volatile.Read(ref hasLeft), "the handler has left by then");
        Check.Wait(raising);
        Check.Equal(0, signals.CountHandlers());
    }

    private static void No_handler_runs_after_it_was_removed(ISignals signals)
    {
        bool isOver = false;
        int late = 0, count = 0;
        Thread[] raising = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                signals.Raise(1);
            }
        }))];
        Array.ForEach(raising, thread => thread.Start());
        for (int i = 0; i < 200; i++)
        {
            bool isRemoved = false;
            Action<int> handler = _ =>
            {
                Interlocked.Increment(ref count);
                Interlocked.Add(ref late, Volatile.Read(ref isRemoved) ? 1 : 0);
            };
            signals.Changed += handler;
            signals.Changed -= handler;
            Volatile.Write(ref isRemoved, true);
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(raising, thread => thread.Join());
        Check.Equal((0, 0), (late, signals.CountHandlers()));
    }

    private static void The_other_side_listens_until_it_stops(ISignals signals)
    {
        string before = signals.Heard();
        var feed = new Feed();
        signals.Follow(feed);
        feed.Say("one ");
        Check.Equal(1, feed.Handlers);
        signals.StopListening();
        feed.Say("two ");
        Check.Equal((before + "one ", 0), (signals.Heard(), feed.Handlers));
        signals.DropFeeds();
        Check.Equal(1, feed.Disposed);
    }

    private static void An_object_that_is_released_is_listened_to_no_more(ISignals signals)
    {
        var feed = new Feed();
        signals.Follow(feed);
        signals.DropFeeds();
        Check.Equal((0, 1), (feed.Handlers, feed.Disposed));
        feed.Say("nobody hears this");
    }

    private static void A_delegate_returns_an_object(ISignals signals)
    {
        var archive = new Archive();
        Check.Equal("asked for", signals.Open(archive.Open));
        Check.Equal(0, archive.CountOpen());
        Check.Equal("none", signals.Open(_ => null));
    }
}
