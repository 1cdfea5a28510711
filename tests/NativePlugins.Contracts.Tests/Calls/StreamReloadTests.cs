using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Streams of a plugin that is stopped or replaced, and streams that it has of the application's.</summary>
public sealed class StreamReloadTests(TestPlugins plugins) : IClassFixture<TestPlugins>, IDisposable
{
    // What misbehaving_streams.c does when it is asked for this many: nothing wrong.
    private const int Right = 0;

    // And this many: it pulls the first of the items that it keeps.
    private const int PullKept = 44;

    private readonly List<PluginHost> _hosts = [];
    private readonly CountingStore _store = new();

    [Fact]
    public async Task A_reload_is_refused_while_a_stream_is_in_use()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        IAsyncEnumerator<int> items = await Begin(plugin);
        Stream stream = plugin.Get<IPipes>().Count(Right, 0, -1);

        Assert.Equal("NP7017", Assert.Throws<PluginObjectsInUseException>(() => plugin.Reload()).Code);

        Assert.Equal((1, 2), (plugin.Generation, plugin.LiveObjects));
        Assert.Equal(7, stream.ReadByte());
        Assert.True(await items.MoveNextAsync());
        await stream.DisposeAsync();
        Assert.Throws<PluginObjectsInUseException>(() => plugin.Reload());
        await items.DisposeAsync();
        Assert.Equal((0, 2), (plugin.LiveObjects, _store.Released));
        plugin.Reload();
        Assert.Equal(2, plugin.Generation);
    }

    [Fact]
    public async Task A_reload_that_invalidates_ends_streams_of_bytes()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate);
        Stream stream = plugin.Get<IPipes>().Count(Right, 0, -1);
        Assert.Equal(7, stream.ReadByte());

        plugin.Reload();

        Assert.Equal((0, 1), (plugin.LiveObjects, _store.Released));
        Assert.Equal("NP5007", Assert.Throws<PluginObjectEndedException>(() => stream.ReadByte()).Code);
        Assert.Equal("NP5007", (await Assert.ThrowsAsync<PluginObjectEndedException>(async () => await stream.ReadExactlyAsync(new byte[1]))).Code);
        Assert.Throws<PluginObjectEndedException>(stream.Flush);
        await stream.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
        Assert.Equal(1, _store.Released);
    }

    [Fact]
    public async Task A_reload_that_invalidates_ends_an_enumeration_behind_the_items_that_have_come()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate);
        IAsyncEnumerator<int> items = await Begin(plugin);

        plugin.Reload();

        Assert.Equal((0, 1), (plugin.LiveObjects, _store.Released));
        Assert.Equal("NP5007", (await Assert.ThrowsAsync<PluginObjectEndedException>(async () => await items.MoveNextAsync())).Code);
        await items.DisposeAsync();
        Assert.False(await items.MoveNextAsync());
        Assert.Equal(1, _store.Released);
    }

    [Fact]
    public async Task A_stop_ends_streams_whatever_a_reload_would_do()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        IAsyncEnumerator<int> items = await Begin(plugin);
        using Stream stream = plugin.Get<IPipes>().Count(Right, 0, -1);

        plugin.Stop();
        plugin.Start();

        Assert.Equal((0, 2), (plugin.LiveObjects, _store.Released));
        Assert.Throws<PluginObjectEndedException>(() => stream.ReadByte());
        await Assert.ThrowsAsync<PluginObjectEndedException>(async () => await items.MoveNextAsync());
        await items.DisposeAsync();
    }

    [Fact]
    public async Task Streams_of_a_plugin_in_CSharp_end_in_it_and_in_the_application()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate, "contract_probe");
        IAsyncEnumerator<int> items = plugin.Get<IStreams>().Count(1000, -1).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        Stream stream = plugin.Get<IPipes>().Count(1000, 0, -1);
        int open = 0;
        bool isEnded = false;
        Assert.True(plugin.Get<IPipes>().Keep(new OwnStream(change => open += change)));
        Assert.True(plugin.Get<IStreams>().Keep(Texts()));
        Assert.Equal("one", await plugin.Get<IStreams>().NextKept());
        Assert.Equal((1, 2), (open, plugin.LiveObjects));

        plugin.Reload();

        Assert.Equal((0, true), (open, Volatile.Read(ref isEnded)));
        Assert.Throws<PluginObjectEndedException>(() => stream.ReadByte());
        await Assert.ThrowsAsync<PluginObjectEndedException>(async () =>
        {
            while (await items.MoveNextAsync())
            {
            }
        });
        await items.DisposeAsync();
        await stream.DisposeAsync();

        async IAsyncEnumerable<string> Texts([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return "one";
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Volatile.Write(ref isEnded, true);
            }
        }
    }

    [Fact]
    public async Task A_stream_of_the_applications_lives_until_the_generation_that_has_it_ends()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait);
        int open = 0;
        plugin.Get<IPipes>().Keep(new OwnStream(change => open += change));
        int openThen = -1;
        plugin.Reloaded += (_, _) => openThen = open;

        await plugin.ReloadAsync();

        Assert.Equal((1, 0), (openThen, open));
    }

    [Fact]
    public async Task Items_of_the_applications_that_do_not_heed_their_token_do_not_keep_a_reload()
    {
        Plugin plugin = Load(PluginLiveObjects.Invalidate);
        var goesOn = new TaskCompletionSource();
        IPipes pipes = plugin.Get<IPipes>();
        Assert.True(plugin.Get<IStreams>().Keep(Stubborn()));
        pipes.Count(PullKept, 0, -1).Dispose();

        await plugin.ReloadAsync();

        Assert.Equal(2, plugin.Generation);
        goesOn.SetResult();

        async IAsyncEnumerable<string> Stubborn()
        {
            yield return "one";
            await goesOn.Task;
        }
    }

    [Fact]
    public async Task An_object_of_the_applications_whose_end_never_ends_does_not_keep_a_reload()
    {
        Plugin plugin = Load(PluginLiveObjects.Wait, TimeSpan.FromSeconds(3));
        var goesOn = new TaskCompletionSource();
        Assert.True(plugin.Get<IPipes>().Keep(new Unending(goesOn.Task)));

        await plugin.ReloadAsync();

        Assert.Equal(2, plugin.Generation);
        goesOn.SetResult();
    }

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    // Its batches are of one item.
    private static async Task<IAsyncEnumerator<int>> Begin(Plugin plugin)
    {
        IAsyncEnumerator<int> items = plugin.Get<IStreams>().Count(Right, -1).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        return items;
    }

    private Plugin Load(PluginLiveObjects liveObjects, TimeSpan lifecycleDeadline) => Load(liveObjects, StreamRuleChecks.PluginId, lifecycleDeadline);

    private Plugin Load(PluginLiveObjects liveObjects, string name = StreamRuleChecks.PluginId, TimeSpan? lifecycleDeadline = null)
    {
        var host = new PluginHost(new PluginHostOptions
        {
            LifecycleDeadline = lifecycleDeadline ?? new PluginHostOptions().LifecycleDeadline,
            AllowUntrustedDirectories = true,
            CheckManifest = false,
            DrainDeadline = TimeSpan.FromMilliseconds(200),
            Reload = new PluginReloadOptions { LiveObjects = liveObjects, CallPatience = TimeSpan.FromMinutes(1) },
        }.Offer<IStore>(_store));
        _hosts.Add(host);
        return host.Load(plugins.PathOf(name));
    }

    private sealed class Unending(Task end) : MemoryStream
    {
        public override async ValueTask DisposeAsync()
        {
            await end;
            await base.DisposeAsync();
        }
    }

    private sealed class CountingStore : IStore
    {
        private int _released;

        public int Released => Volatile.Read(ref _released);

        public string Read(string key) => "";

        public void Write(string key, ReadOnlySpan<byte> value) => Interlocked.Increment(ref _released);
    }
}
