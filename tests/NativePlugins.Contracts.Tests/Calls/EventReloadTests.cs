using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Handlers at the events of a plugin that is stopped, replaced or disposed of, and handlers of such a plugin's.</summary>
public sealed class EventReloadTests(TestPlugins plugins) : IClassFixture<TestPlugins>, IDisposable
{
    private readonly List<PluginHost> _hosts = [];

    [Fact]
    public void A_handler_hears_the_next_generation_too()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        List<int> heard = [];
        signals.Changed += heard.Add;
        signals.Raise(1);

        plugin.Reload();
        signals.Raise(2);
        plugin.Reload();
        signals.Raise(3);

        Assert.Equal([1, 2, 3], heard);
        Assert.Equal(1, signals.CountHandlers());
        signals.Changed -= heard.Add;
        signals.Raise(4);
        Assert.Equal((3, 0), (heard.Count, signals.CountHandlers()));
    }

    [Fact]
    public void A_handler_that_was_removed_is_not_added_again()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        List<int> heard = [];
        signals.Changed += heard.Add;
        signals.Changed -= heard.Add;

        plugin.Reload();

        Assert.Equal(0, signals.CountHandlers());
    }

    [Fact]
    public void A_handler_stays_when_the_plugin_is_stopped_and_started()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        List<int> heard = [];
        signals.Changed += heard.Add;

        plugin.Stop();
        plugin.Start();
        signals.Raise(1);

        Assert.Equal([1], heard);
    }

    [Fact]
    public void A_handler_is_removed_from_a_plugin_that_cannot_be_called()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        List<int> heard = [];
        signals.Changed += heard.Add;
        plugin.Stop();

        signals.Changed -= heard.Add;

        Assert.Throws<PluginStateException>(() => signals.Changed += heard.Add);
        plugin.Start();
        signals.Raise(1);
        Assert.Empty(heard);
    }

    [Fact]
    public void A_handler_of_the_plugins_ends_with_its_generation_and_keeps_no_reload()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        var feed = new Feed();
        signals.Follow(feed);
        feed.Say("one");
        Assert.Equal((0, "one"), (plugin.LiveObjects, signals.Heard()));

        plugin.Reload();

        Assert.Equal((0, 1), (feed.Handlers, feed.Disposed));
        feed.Say("two");
        Assert.Equal("", signals.Heard());
    }

    [Fact]
    public void A_handler_of_the_plugins_ends_when_it_is_stopped()
    {
        Plugin plugin = Load();
        var feed = new Feed();
        plugin.Get<ISignals>().Follow(feed);

        plugin.Stop();

        Assert.Equal(0, feed.Handlers);
        feed.Say("nobody hears this");
    }

    [Fact]
    public void Every_event_between_reloads_is_heard_and_none_twice()
    {
        Plugin plugin = Load();
        ISignals signals = plugin.Get<ISignals>();
        int heard = 0, raised = 0;
        bool isOver = false;
        signals.Changed += _ => Interlocked.Increment(ref heard);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                signals.Raise(1);
                Interlocked.Increment(ref raised);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        for (int i = 0; i < 10; i++)
        {
            plugin.Reload();
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(raised, heard);
        Assert.Equal(1, signals.CountHandlers());
    }

    [Fact]
    public void A_generation_that_takes_no_handlers_does_not_take_over()
    {
        var store = new Store();
        Plugin plugin = Load(EventRuleChecks.PluginId, store);
        ISignals signals = plugin.Get<ISignals>();
        List<int> heard = [];
        signals.Changed += heard.Add;
        store.Write("refuse handlers", "yes"u8);

        Assert.Equal("no more handlers", Assert.Throws<NotSupportedException>(() => plugin.Reload()).Message);

        signals.Raise(1);
        Assert.Equal((1, 1), (plugin.Generation, heard.Count));
        store.Write("refuse handlers", ""u8);
        plugin.Reload();
        signals.Raise(1);
        Assert.Equal(2, heard.Count);
    }

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    private Plugin Load(string name = "contract_c", Store? store = null)
    {
        var host = new PluginHost(new PluginHostOptions
        {
            AllowUntrustedDirectories = true, CheckManifest = false, DrainDeadline = TimeSpan.FromMinutes(1), Reload = new PluginReloadOptions { CallPatience = TimeSpan.FromMinutes(1) },
        }.Offer<IStore>(store ?? new Store()));
        _hosts.Add(host);
        return host.Load(plugins.PathOf(name));
    }
}
