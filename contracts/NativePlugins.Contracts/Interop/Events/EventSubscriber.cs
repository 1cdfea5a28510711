using System.ComponentModel;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>A handler of the other side's that was added to an event of this side's, until it is removed, or its instance ends.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventSubscriber
{
    private readonly ReceivedObjects _list;
    private readonly nint _context;
    private readonly int _slot;
    private Action? _remove;

    private protected EventSubscriber(ReceivedObjects list, ObjectReference reference, nint context, int slot) =>
        (_list, Reference, _context, _slot) = (list, reference, context, slot);

    private protected ObjectReference Reference { get; }

    /// <summary>Adds the handler to the event, once, and ends the hand-over. If that throws, it stays the other side's.</summary>
    /// <param name="add">Adds it.</param>
    /// <param name="remove">Removes it.</param>
    public void Add(Action add, Action remove)
    {
        ArgumentNullException.ThrowIfNull(add);
        bool isAdded = false;
        try
        {
            add();
            isAdded = true;
            _remove = remove;
            _list.Subscribers.Add(this);
            if (Reference.HasEnded)
            {
                // The instance has ended meanwhile, and what it had was removed before this was there.
                _list.Subscribers.Detach(this);
            }
        }
        finally
        {
            if (!isAdded)
            {
                _list.Forget(Reference);
            }

            Reference.Leave();
        }
    }

    /// <summary>Whether it is a handler of an event of an object.</summary>
    internal bool IsOf(nint context) => _context == context;

    internal bool Is(nint context, int slot, in np_object handler) => IsOf(context) && _slot == slot && Reference.Is(handler);

    /// <summary>Removes the handler from the event; once.</summary>
    internal void Detach() => Interlocked.Exchange(ref _remove, null)?.Invoke();

    /// <summary>Removes the handler from the event, and gives it back.</summary>
    internal void End()
    {
        try
        {
            Detach();
        }
        finally
        {
            Reference.Dispose();
        }
    }
}

/// <summary>The same, with the handler's type. For generated code.</summary>
/// <typeparam name="T">What the handler takes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventSubscriber<T> : EventSubscriber
    where T : class, IPluginContract<T>
{
    private EventSubscriber(ReceivedObjects list, ObjectReference reference, nint context, int slot, int minor)
        : base(list, reference, context, slot) => Handler = T.CreateProxy<EventLink, ObjectLease>(new EventLink(reference), null, minor);

    /// <summary>The handler. A call of it throws <see cref="EventEndedException"/> when it is not there any more.</summary>
    public T Handler { get; }

    /// <summary>Begins to take a handler over; <see cref="EventSubscriber.Add"/> ends that.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="native">The address of the np_object.</param>
    /// <param name="slot">The function.</param>
    /// <exception cref="ArgumentException">It is NULL.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1000", Justification = "For generated code, which knows the type.")]
    public static EventSubscriber<T> Take(nint context, nint native, int slot)
    {
        EventThunk.Require(native);
        ReceivedObjects list = ContractExport.SideOf(context).Objects.Received;
        ObjectReference reference = list.TakeHandler(native, T.Descriptor, out int minor);
        return new EventSubscriber<T>(list, reference, context, slot, minor);
    }
}

/// <summary>What the functions of a table do for events. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class EventThunk
{
    /// <summary>Removes a handler, and returns a status.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="native">The address of the np_object by which it was added.</param>
    /// <param name="slot">The function that added it.</param>
    public static int Remove(nint context, nint native, int slot)
    {
        Require(native);
        var handler = (np_object*)native;
        if (handler->struct_size < np_object.FrozenMinimum)
        {
            throw new ArgumentException($"handler is an np_object of {handler->struct_size} bytes; {np_object.FrozenMinimum} or more were expected.");
        }

        if (ContractExport.SideOf(context).Objects.Received.Subscribers.Take(context, slot, *handler) is not { } subscriber)
        {
            return np.NP_E_NOT_FOUND;
        }

        subscriber.End();
        return np.NP_OK;
    }

    internal static void Require(nint native)
    {
        if (native == 0)
        {
            throw new ArgumentException("handler is NULL.");
        }
    }
}

/// <summary>The handlers of the other side's.</summary>
internal sealed class EventSubscribers(ContractObjects owner)
{
    private readonly List<EventSubscriber> _all = [];

    public void Add(EventSubscriber subscriber)
    {
        lock (_all)
        {
            _all.Add(subscriber);
        }
    }

    public EventSubscriber? Take(nint context, int slot, np_object handler)
    {
        lock (_all)
        {
            int last = _all.FindLastIndex(subscriber => subscriber.Is(context, slot, handler));
            EventSubscriber? found = last < 0 ? null : _all[last];
            if (found is not null)
            {
                _all.RemoveAt(last);
            }

            return found;
        }
    }

    /// <summary>Removes one from its event, and does not give it back: its instance has ended.</summary>
    public void Detach(EventSubscriber subscriber) => Each(each => each == subscriber, static subscriber => subscriber.Detach());

    /// <summary>Ends those of an object that the other side has released.</summary>
    public void EndOf(nint context) => Each(subscriber => subscriber.IsOf(context), static subscriber => subscriber.End());

    /// <summary>Removes all from their events, and does not give them back: their instance has ended.</summary>
    public void DetachAll() => Each(static _ => true, static subscriber => subscriber.Detach());

    private void Each(Predicate<EventSubscriber> which, Action<EventSubscriber> end)
    {
        EventSubscriber[] found;
        lock (_all)
        {
            if (_all.Count == 0)
            {
                return;
            }

            found = [.. _all.Where(subscriber => which(subscriber))];
            _all.RemoveAll(which);
        }

        foreach (EventSubscriber subscriber in found)
        {
            try
            {
                end(subscriber);
            }
            catch (Exception e)
            {
                owner.OnReleaseFailed("a handler of an event", e);
            }
        }
    }
}
