using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>
/// A handler that this side has added to an event of the other side's, until it is removed. The other side may call it too late, or for ever:
/// whether it runs is decided here. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventSubscription
{
    // How many handlers of events the thread is inside of.
    [ThreadStatic]
    private static int t_depth;

    private readonly object _lock = new();
    private readonly ContractEvents _events;
    private int _inside;
    private bool _isClosed;

    internal EventSubscription(ContractEvents events, int slot, Delegate handler)
    {
        _events = events;
        Slot = slot;
        Handler = handler;
    }

    /// <summary>What handlers get as the sender: the proxy of the object whose event it is; null once nobody has that any more.</summary>
    public object? Sender => _events.Sender;

    internal int Slot { get; }

    internal Delegate Handler { get; }

    /// <summary>What the instance that serves knows the handler by; null before it does. Under the lock of <see cref="ContractEvents"/>.</summary>
    internal EventRegistration? Registration { get; set; }

    /// <summary>Gives the handler to an instance.</summary>
    internal Func<ContractObjects, GivenObject> Give { get; set; } = null!;

    /// <summary>Begins a call of the handler; false if it has been removed.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _inside++;
        }

        t_depth++;
        return true;
    }

    /// <summary>Ends it, on the same thread.</summary>
    public void Leave()
    {
        t_depth--;
        lock (_lock)
        {
            _inside--;
            if (_isClosed && _inside == 0)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>
    /// Lets no further call begin, and waits for those on other threads. Within a handler it does not wait: two handlers that remove each other
    /// would wait for ever.
    /// </summary>
    internal void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            while (_inside > 0 && t_depth == 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }
}

/// <summary>A handler as one instance of the other side knows it.</summary>
/// <param name="Objects">The objects of that instance.</param>
/// <param name="Native">The np_object by which it was handed over.</param>
internal sealed record EventRegistration(ContractObjects Objects, Abi.np_object Native);
