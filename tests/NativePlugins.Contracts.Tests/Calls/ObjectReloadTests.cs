using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Objects of a plugin that is stopped, replaced or disposed of, and objects that it has of the application's.</summary>
public sealed class ObjectReloadTests(TestPlugins plugins) : IClassFixture<TestPlugins>, IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(1);

    private readonly List<PluginHost> _hosts = [];
    private readonly CountingStore _store = new();

    [Fact]
    public void A_reload_is_refused_while_an_object_is_in_use()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        ISession session = plugin.Get<IArchive>().Open("right");

        var refusal = Assert.Throws<PluginObjectsInUseException>(() => plugin.Reload());

        Assert.Equal("NP7017", refusal.Code);
        Assert.Equal((1, 1), (plugin.Generation, plugin.LiveObjects));
        Assert.Equal("session", session.GetName());
        session.Dispose();
        Assert.Equal((0, 1), (plugin.LiveObjects, _store.Released));
        plugin.Reload();
        Assert.Equal(2, plugin.Generation);
    }

    [Fact]
    public async Task A_reload_goes_on_once_the_objects_are_disposed_of()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait, drain: s_soon);
        ISession session = plugin.Get<IArchive>().Open("right");
        using var isLoaded = new ManualResetEventSlim();
        plugin.Reloading += (_, _) => isLoaded.Set();
        Task<PluginReload> reload = Task.Run(() => plugin.Reload());
        Assert.True(isLoaded.Wait(s_soon));
        Assert.Equal("session", session.GetName());

        session.Dispose();

        await reload.WaitAsync(s_soon);
        Assert.Equal((2, 1), (plugin.Generation, _store.Released));
    }

    [Fact]
    public void An_object_that_nobody_refers_to_does_not_keep_a_reload()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait, drain: s_soon);
        Leak(plugin);

        plugin.Reload();

        Assert.Equal((2, 1), (plugin.Generation, _store.Released));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Leak(Plugin plugin) => Assert.Equal("session", plugin.Get<IArchive>().Open("right").GetName());
    }

    [Fact]
    public void A_reload_that_invalidates_releases_the_objects_in_the_old_build()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate);
        IArchive archive = plugin.Get<IArchive>();
        ISession session = archive.Open("right");
        Assert.Same(session, archive.Last());

        plugin.Reload();

        Assert.Equal(2, _store.Released);
        Assert.Equal(PluginRetiredImage.Unmapped, plugin.Reload().Retirement!.Image);
        var ended = Assert.Throws<PluginObjectEndedException>(() => session.GetName());
        Assert.Equal("NP5007", ended.Code);
        session.Dispose();
        Assert.Equal((2, 0), (_store.Released, archive.CountOpen()));
        using ISession next = archive.Open("right");
        Assert.Equal("session", next.GetName());
    }

    [Fact]
    public void A_reload_that_fails_leaves_the_objects_as_they_were()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate);
        using ISession session = plugin.Get<IArchive>().Open("right");
        plugin.Reloading += (_, e) => e.Cancel("not now");

        Assert.Throws<PluginReloadVetoedException>(() => plugin.Reload());

        Assert.Equal("session", session.GetName());
    }

    [Fact]
    public void A_stop_releases_the_objects_and_a_start_lets_new_ones_be_opened()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        IArchive archive = plugin.Get<IArchive>();
        ISession session = archive.Open("right");

        plugin.Stop();

        Assert.Equal((1, 0), (_store.Released, plugin.LiveObjects));
        Assert.Throws<PluginStateException>(() => session.GetName());
        plugin.Start();
        Assert.Throws<PluginObjectEndedException>(() => session.GetName());
        using ISession next = archive.Open("right");
        Assert.Equal("session", next.GetName());
    }

    [Fact]
    public void An_object_outlives_the_disposal_of_its_plugin_as_an_exception()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        ISession session = plugin.Get<IArchive>().Open("right");

        plugin.Dispose();

        Assert.Equal(1, _store.Released);
        Assert.Throws<PluginStateException>(() => session.GetName());
        session.Dispose();
        Assert.Equal(1, _store.Released);
    }

    [Fact]
    public async Task An_object_that_is_disposed_of_while_calls_wait_for_a_reload_is_released_once()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate, drain: s_soon);
        IArchive archive = plugin.Get<IArchive>();
        ISession session = archive.Open("right"), same = archive.Last()!;
        using var isLoaded = new ManualResetEventSlim();
        plugin.Reloading += (_, _) => isLoaded.Set();
        Task<PluginReload>? reload = null;

        // The reload drains while this call is inside; another thread disposes of the object meanwhile, without waiting for the reload.
        session.Count(1, new ProgressRecorder
        {
            Then = () =>
            {
                reload = Task.Run(() => plugin.Reload());
                Assert.True(isLoaded.Wait(s_soon));
                Assert.True(Task.Run(same.Dispose).Wait(s_soon));
            },
        });

        await reload!.WaitAsync(s_soon);
        Assert.Equal((2, 2), (plugin.Generation, _store.Released));
    }

    [Fact]
    public void An_object_that_is_disposed_of_while_a_reload_drains_is_released_when_that_fails()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate, patience: TimeSpan.Zero);
        IArchive archive = plugin.Get<IArchive>();
        using ISession session = archive.Open("right");
        ISession other = archive.Open("fresh");
        using var isLoaded = new ManualResetEventSlim();
        plugin.Reloading += (_, _) => isLoaded.Set();

        session.Count(1, new ProgressRecorder
        {
            Then = () =>
            {
                Task<PluginReload> reload = Task.Run(() => plugin.Reload());
                Assert.True(isLoaded.Wait(s_soon));
                Assert.True(Task.Run(() =>
                {
                    Check.Until(() => reload.IsCompleted || IsDraining(archive), "the reload drains");
                    other.Dispose();
                }).Wait(s_soon));
                Assert.IsType<PluginBusyException>(Assert.Throws<AggregateException>(() => reload.Wait(s_soon)).InnerException);
                Assert.Equal(1, _store.Released);
            },
        });

        static bool IsDraining(IArchive archive)
        {
            try
            {
                _ = archive.CountOpen();
                return false;
            }
            catch (PluginReloadingException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void An_object_of_the_application_lives_until_the_generation_that_has_it_ends()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        var outlet = new Outlet();
        plugin.Get<IArchive>().Keep(outlet, fails: false);
        plugin.Reloaded += (_, _) => Assert.Equal(0, outlet.Disposed);

        plugin.Reload();

        Assert.Equal(1, outlet.Disposed);
    }

    [Fact]
    public void A_leaked_object_is_logged()
    {
        var log = new LogRecorder();
        Plugin plugin = Load(PluginLiveObjects.Wait, log: log);
        Leak(plugin);

        Check.Until(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return log.Debug.Any(text => text.Contains("test.session/1", StringComparison.Ordinal) && text.Contains("collected", StringComparison.Ordinal));
            },
            "the leak is logged");

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Leak(Plugin plugin) => Assert.Equal("session", plugin.Get<IArchive>().Open("right").GetName());
    }

    [Fact]
    public void The_option_is_checked() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { LiveObjects = (PluginLiveObjects)7 } }));

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    private Plugin Load(PluginLiveObjects liveObjects, TimeSpan? drain = null, TimeSpan? patience = null, ILoggerFactory? log = null)
    {
        var options = new PluginHostOptions
        {
            AllowUntrustedDirectories = true,
            CheckManifest = false,
            DrainDeadline = drain ?? TimeSpan.FromMilliseconds(200),
            Reload = new PluginReloadOptions { LiveObjects = liveObjects, CallPatience = patience ?? s_soon },
        };
        if (log is not null)
        {
            options.LoggerFactory = log;
        }

        var host = new PluginHost(options.Offer<IStore>(_store));
        _hosts.Add(host);
        return host.Load(plugins.PathOf(ObjectRuleChecks.PluginId));
    }

    private sealed class CountingStore : IStore
    {
        private int _released;

        public int Released => Volatile.Read(ref _released);

        public string Read(string key) => "";

        public void Write(string key, ReadOnlySpan<byte> value) => Interlocked.Increment(ref _released);
    }

    private sealed class LogRecorder : ILoggerFactory, ILogger
    {
        private readonly List<string> _debug = [];

        public IReadOnlyList<string> Debug
        {
            get
            {
                lock (_debug)
                {
                    return [.. _debug];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_debug)
            {
                if (logLevel == LogLevel.Debug)
                {
                    _debug.Add(formatter(state, exception));
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
