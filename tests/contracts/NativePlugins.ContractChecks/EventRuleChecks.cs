using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What becomes of handlers of events that misbehaving_events.c does not treat as it must.</summary>
public static class EventRuleChecks
{
    public const string PluginId = "misbehaving_events";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> All { get; } = new Dictionary<string, Action<Plugin>>
    {
        [nameof(A_handler_that_was_removed_does_not_run_though_it_is_called)] = plugin => A_handler_that_was_removed_does_not_run_though_it_is_called(plugin.Get<ISignals>()),
        [nameof(A_handler_that_was_released_is_refused)] = plugin => A_handler_that_was_released_is_refused(plugin.Get<ISignals>()),
        [nameof(A_handler_that_could_not_be_added_does_not_run_later)] = plugin => A_handler_that_could_not_be_added_does_not_run_later(plugin.Get<ISignals>()),
        [nameof(An_event_with_ill_formed_data_is_refused)] = plugin => An_event_with_ill_formed_data_is_refused(plugin.Get<ISignals>()),
        [nameof(What_is_no_handler_is_refused)] = plugin => What_is_no_handler_is_refused(plugin.Get<ISignals>()),
    };

    private static void A_handler_that_was_removed_does_not_run_though_it_is_called(ISignals signals)
    {
        int heard = 0;
        Action<int> handler = value => heard += value;
        signals.Changed += handler;
        signals.Raise(1);
        signals.Changed -= handler;
        signals.Raise(1);
        Check.Equal(1, heard);
    }

    private static void A_handler_that_was_released_is_refused(ISignals signals)
    {
        int heard = 0;
        Action<int> handler = value => heard += value;
        foreach (int how in new[] { 2, 3 })
        {
            signals.Changed += handler;
            Check.Throws<InvalidOperationException>(() => signals.Raise(how));
            signals.Changed -= handler;
        }

        Check.Equal(0, heard);
    }

    private static void A_handler_that_could_not_be_added_does_not_run_later(ISignals signals)
    {
        int heard = 0;
        EventHandler handler = (_, _) => heard++;
        Check.Equal("closed already", Check.Throws<NotSupportedException>(() => signals.Closed += handler).Message);
        Check.Equal(1, heard);
        Check.Throws<InvalidOperationException>(() => signals.RaiseOthers(new Person("Ada", 36) { Mode = Mode.Fast }));
        signals.Closed -= handler;
        Check.Equal(1, heard);
    }

    private static void An_event_with_ill_formed_data_is_refused(ISignals signals)
    {
        int heard = 0;
        Check.Throws<ArgumentException>(() => signals.Moved += (_, _) => heard++);
        Check.Equal(0, heard);
    }

    private static void What_is_no_handler_is_refused(ISignals signals)
    {
        Refused("handler is NULL");
        Refused("handler is an np_object of 16 bytes");
        Refused("handler is an object without release");
        Refused("handler is not the test.feed.Said/1 that was expected");
        Check.True(Check.Throws<PluginFaultException>(() => signals.Follow(new Feed())).Remote is { Status: -5 }, "there is no such handler");
        Refused("handler is an np_object of 16 bytes");
        var feed = new Feed();
        signals.Follow(feed);
        Check.Equal((0, "2"), (feed.Handlers, signals.Heard()));

        void Refused(string reason)
        {
            string message = Check.Throws<ArgumentException>(() => signals.Follow(new Feed())).Message;
            Check.True(message.Contains(reason, StringComparison.Ordinal), $"the message is '{message}'");
        }
    }
}
