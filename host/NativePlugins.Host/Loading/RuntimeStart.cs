using System.Collections.Concurrent;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The start of the .NET runtime in a NativeAOT library, which happens in the first call into it, while the <see cref="SignalDispatcher"/>
/// watches. Only one runtime in a process starts at a time, as the dispatcher could not tell their handlers apart.
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

    /// <summary>The name of the plugin whose runtime is starting, or null.</summary>
    public static string? Starting => Volatile.Read(ref s_starting);

    /// <summary>Waits for its turn. Null if nothing needs to be watched, or if this runtime has started before.</summary>
    /// <param name="name">The name of the plugin.</param>
    /// <param name="address">The address of the library's entry.</param>
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

    /// <summary>Ends the turn: the runtime has started, and its handlers are known now.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            if (_id >= 0)
            {
                _dispatcher.End(_id);
            }

            // The library is never unloaded, so nothing else will ever have this address.
            _ = s_started.TryAdd(_address, true);
            s_turn.Release();
        }
    }

    /// <summary>
    /// Ends the turn of a library that hangs, so that others need not wait for it. Handlers that it may still install stay in the chain.
    /// </summary>
    public void GiveUp()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            s_turn.Release();
        }
    }
}
