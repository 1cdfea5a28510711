using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Torture;

/// <summary>One thread that uses objects, events and streams of a plugin, and gives it streams, while a reload may end any of them.</summary>
internal sealed class ContractUser(int seed, ContractedPlugin plugin, Violations violations)
{
    private const int LongestPause = 5;

    private readonly Random _random = new(seed);
    private long _uses;
    private long _ended;

    public long Uses => _uses;

    /// <summary>How often a reload ended what was in use.</summary>
    public long Ended => _ended;

    public void Run(CancellationToken until)
    {
        try
        {
            // Once at least, however late this thread begins.
            do
            {
                _uses++;
                try
                {
                    Use();
                }
                catch (PluginObjectEndedException)
                {
                    _ended++;
                }

                Pause();
            }
            while (!until.IsCancellationRequested);
        }
        catch (Exception e)
        {
            violations.Add($"{plugin.Name}: an object, an event or a stream failed: {e}");
        }
    }

    private void Use()
    {
        switch (_random.Next(8))
        {
            case 0:
                UseSession();
                break;
            case 1:
                UseItems().GetAwaiter().GetResult();
                break;
            case 2:
                ReadBytes().GetAwaiter().GetResult();
                break;
            case 3:
                WriteBytes().GetAwaiter().GetResult();
                break;
            case 4:
                GiveItems().GetAwaiter().GetResult();
                break;
            case 5:
                GiveBytes().GetAwaiter().GetResult();
                break;
            case 6:
                // It is kept until the next one comes, or the generation ends.
                _ = plugin.Pipes.Keep(new CountingStream(10, 0, -1, plugin.Change));
                break;
            default:
                Listen();
                break;
        }
    }

    private void UseSession()
    {
        using ISession session = plugin.Archive.Open("torture");
        Pause();
        Require(session.GetName() == "torture", "a session has another name");
        using ICursor cursor = session.Query(20);
        for (int i = 0; i < 20; i++)
        {
            Require(cursor.TryRead(out int value) && value == i, $"a cursor reads {value} in place of {i}");
            Pause();
        }
    }

    private async Task UseItems()
    {
        int expected = 0, last = _random.Next(60);
        await foreach (int item in plugin.Streams.Count(50, -1))
        {
            Require(item == expected++, $"a stream has {item} in place of {expected - 1}");
            if (item == last)
            {
                break;
            }

            Pause();
        }
    }

    private async Task ReadBytes()
    {
        await using Stream stream = plugin.Pipes.Count(1000, 100, -1);
        byte[] buffer = new byte[130];
        int position = 0, count;
        do
        {
            Pause();
            count = _random.Next(2) == 0 ? stream.Read(buffer) : await stream.ReadAsync(buffer);
            for (int i = 0; i < count; i++)
            {
                Require(buffer[i] == position++ % 251, $"byte {position - 1} is {buffer[i]}");
            }
        }
        while (count > 0);
        Require(position == 1000, $"a stream of 1000 bytes has {position}");
    }

    private async Task WriteBytes()
    {
        await using Stream store = plugin.Pipes.Store(true)!;
        store.Write(CountingStream.Bytes(100));
        Pause();
        await store.WriteAsync(CountingStream.Bytes(100));
        Require(store.Length == 200, "a stream has another length");
        store.Position = 150;
        Pause();
        Require(store.ReadByte() == 50, "a stream has other bytes");
    }

    private async Task GiveItems()
    {
        long sum = await plugin.Streams.Sum(Items(), 1000, CancellationToken.None);
        Require(sum == 45, $"the sum of items is {sum}");

        async IAsyncEnumerable<int> Items()
        {
            plugin.Change(1);
            try
            {
                for (int i = 0; i < 10; i++)
                {
                    if (_random.Next(4) == 0)
                    {
                        await Task.Yield();
                    }

                    yield return i;
                }
            }
            finally
            {
                plugin.Change(-1);
            }
        }
    }

    private async Task GiveBytes()
    {
        var stream = new CountingStream(300, 0, -1, plugin.Change);
        long sum = _random.Next(2) == 0 ? plugin.Pipes.Sum(stream) : await plugin.Pipes.SumLater(stream, CancellationToken.None);
        Require(sum == (250 * 251 / 2) + (48 * 49 / 2), $"the sum of bytes is {sum}");
    }

    private void Listen()
    {
        int heard = 0;
        bool isRemoved = false;
        Action<int> handler = _ =>
        {
            Require(!Volatile.Read(ref isRemoved), "a handler runs that was removed");
            Interlocked.Increment(ref heard);
        };
        plugin.Signals.Changed += handler;
        Pause();
        plugin.Signals.Raise(1);
        plugin.Signals.Changed -= handler;
        Volatile.Write(ref isRemoved, true);
        Require(heard > 0, "a handler has not heard");
    }

    // So that a reload may come in between.
    private void Pause()
    {
        if (_random.Next(8) == 0)
        {
            Thread.Sleep(_random.Next(LongestPause));
        }
    }

    private void Require(bool isRight, string what) => violations.Require(isRight, $"{plugin.Name}: {what}");
}
