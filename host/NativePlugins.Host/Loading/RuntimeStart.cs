using System.Collections.Concurrent;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The start of the .NET runtime in a NativeAOT library, which is its first call, while the <see cref="SignalDispatcher"/> watches. In
/// one process only one starts at a time, as the dispatcher could not tell whose handler is whose.
/// </summary>
internal sealed class RuntimeStart : IDisposable
{
    private static readonly SemaphoreSlim s_turn = new(1, 1);
    private static readonly ConcurrentDictionary<nint, bool> s_started = new();
    private static string? s_starting;

    private readonly SignalDispatcher _dispatcher;
    private readonly nint _address;
    private readonly int _id;
    private int _isOver;

    private RuntimeStart(SignalDispatcher dispatcher, nint address)
    {
        _dispatcher = dispatcher;
        _address = address;
        _id = dispatcher.Begin(address);
    }

    /// <summary>The plugin whose runtime is starting, if one is.</summary>
    public static string? Starting => Volatile.Read(ref s_starting);

    /// <summary>Waits for its turn. Null where nothing needs to be watched, or it has started before.</summary>
    /// <param name="name">Whose runtime it is.</param>
    /// <param name="address">Of the library's entry.</param>
    public static RuntimeStart? Begin(string name, nint address)
    {
        if (s_started.ContainsKey(address) || SignalDispatcher.Install() is not { } dispatcher)
        {
            return null;
        }

        s_turn.Wait();
        Volatile.Write(ref s_starting, name);
        return new RuntimeStart(dispatcher, address);
    }

    /// <summary>The runtime has started: its handlers are known now.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            if (_id >= 0)
            {
                _dispatcher.End(_id);
            }

            // It is never unloaded: nothing else will ever have this address.
            _ = s_started.TryAdd(_address, true);
            s_turn.Release();
        }
    }

    /// <summary>The library hangs: others shall not wait for it. What it may still install stays in the chain.</summary>
    public void GiveUp()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            s_turn.Release();
        }
    }
}
