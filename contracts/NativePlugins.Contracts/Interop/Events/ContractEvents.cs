using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>A proxy with events. For generated code, and for who makes proxies that outlive an instance of the other side.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IContractEvents
{
    /// <summary>The handlers that were added to its events; null before the first one.</summary>
    ContractEvents? Events { get; }
}

/// <summary>The handlers that were added to the events of one proxy. Thread-safe. For generated code.</summary>
/// <remarks>
/// A handler is an object that is given to the other side. A call of add or remove begins like every other one, so that none is inside while
/// <see cref="Renew"/> adds all of them to the instance that takes over.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1711", Justification = "They are those of a contract.")]
public sealed unsafe class ContractEvents
{
    private readonly WeakReference<object> _sender;
    private readonly List<EventSubscription> _subscriptions = [];

    private ContractEvents(object sender) => _sender = new WeakReference<object>(sender);

    internal object? Sender => _sender.TryGetTarget(out object? sender) ? sender : null;

    /// <summary>The events of a proxy.</summary>
    /// <param name="events">Where the proxy keeps them.</param>
    /// <param name="proxy">The proxy.</param>
    public static ContractEvents Of(ref ContractEvents? events, object proxy)
    {
        if (Volatile.Read(ref events) is { } known)
        {
            return known;
        }

        var made = new ContractEvents(proxy);
        return Interlocked.CompareExchange(ref events, made, null) ?? made;
    }

    /// <summary>Begins a subscription.</summary>
    /// <param name="slot">The function of the table that adds a handler.</param>
    /// <param name="handler">The handler.</param>
    public EventSubscription Begin(int slot, Delegate handler) => new(this, slot, handler);

    /// <summary>Adds a handler.</summary>
    /// <param name="link">The way to the table.</param>
    /// <param name="turns">Who may call, for a serialized contract; else null.</param>
    /// <param name="subscription">What <see cref="Begin"/> has begun.</param>
    /// <param name="target">The handler as the other side calls it.</param>
    /// <param name="call">The contract and the event.</param>
    public void Add<T, TLink, TLease>(TLink link, ContractTurns? turns, EventSubscription subscription, T target, string call)
        where T : class, IPluginContract<T>
        where TLink : struct, IContractLink<TLease>
        where TLease : struct, IContractLease, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(subscription);
        subscription.Give = objects => objects.Given.Give(target);
        ContractTurns.Turn? turn = turns?.Enter();
        try
        {
            using TLease lease = link.Enter();
            lock (_subscriptions)
            {
                // The other side may raise the event, and the handler remove itself, before this has returned.
                _subscriptions.Add(subscription);
            }

            EventRegistration? registration = null;
            try
            {
                registration = AddTo(link.Side.Objects, lease.Table, lease.Context, subscription, link.Side, link.ErrorSink, call);
            }
            finally
            {
                if (registration is null)
                {
                    Forget(subscription);
                    subscription.Close();
                }
            }

            if (!TryRegister(subscription, registration))
            {
                _ = RemoveFrom(registration, lease.Table, lease.Context, subscription.Slot, link.ErrorSink);
            }
        }
        finally
        {
            turn?.Dispose();
        }
    }

    /// <summary>
    /// Removes the handler that was added last of those that are equal; does nothing if there is none. Once this has returned it does not run any
    /// more, unless this was called from within a handler of an event: it may then still run on another thread.
    /// </summary>
    /// <param name="link">The way to the table.</param>
    /// <param name="turns">Who may call, for a serialized contract; else null.</param>
    /// <param name="slot">The function of the table that adds a handler; the one that removes it follows.</param>
    /// <param name="handler">The handler, or null.</param>
    /// <param name="call">The contract and the event.</param>
    public void Remove<TLink, TLease>(TLink link, ContractTurns? turns, int slot, Delegate? handler, string call)
        where TLink : struct, IContractLink<TLease>
        where TLease : struct, IContractLease, allows ref struct
    {
        if (Take(slot, handler, out EventRegistration? registration) is not { } subscription)
        {
            return;
        }

        subscription.Close();
        if (registration is null)
        {
            return;
        }

        ContractTurns.Turn? turn = null;
        TLease lease;
        try
        {
            turn = turns?.Enter();
            lease = link.Enter();
        }
        catch (Exception)
        {
            // The other side cannot be called. Its instance forgets the handler when it ends, and until then calls it to no effect.
            turn?.Dispose();
            return;
        }

        int status;
        try
        {
            // While this waited, the handler may have been added to the instance that has taken over.
            registration = RegistrationOf(subscription) ?? registration;
            status = registration.Objects == link.Side.Objects ? RemoveFrom(registration, lease.Table, lease.Context, slot, link.ErrorSink) : np.NP_OK;
        }
        finally
        {
            lease.Dispose();
            turn?.Dispose();
        }

        if (status is not (np.NP_OK or np.NP_E_NOT_FOUND))
        {
            ContractErrors.Throw(link.Side, link.ErrorSink, call, status);
        }
    }

    /// <summary>
    /// Adds all handlers to the instance that is about to take over. While no call is inside. If it throws, the proxy still has all at the old one.
    /// </summary>
    /// <param name="table">The table of the new instance.</param>
    /// <param name="side">This side of calls to it, with its objects.</param>
    /// <param name="contract">The contract.</param>
    /// <returns>What makes that the instance from which handlers are removed.</returns>
    public Action Renew(nint table, ContractSide side, string contract)
    {
        ArgumentNullException.ThrowIfNull(side);
        EventSubscription[] all;
        lock (_subscriptions)
        {
            all = [.. _subscriptions];
        }

        nint sink = ContractErrors.SinkFor(this);
        EventRegistration[] registrations =
            [.. all.Select(subscription => AddTo(side.Objects, table, ContractTable.ContextOf(table), subscription, side, sink, $"{contract}, adding a handler again"))];
        return () =>
        {
            lock (_subscriptions)
            {
                for (int i = 0; i < all.Length; i++)
                {
                    all[i].Registration = registrations[i];
                }
            }
        };
    }

    private static EventRegistration AddTo(
        ContractObjects objects, nint table, nint context, EventSubscription subscription, ContractSide side, nint sink, string call)
    {
        GivenObject given = subscription.Give(objects);
        var registration = new EventRegistration(objects, *(np_object*)given.Native);
        int status = Function(table, subscription.Slot)((void*)context, (void*)given.Native, (void*)sink);
        if (status != np.NP_OK)
        {
            given.Undo();
            ContractErrors.Throw(side, sink, call, status);
        }

        return registration;
    }

    private static int RemoveFrom(EventRegistration registration, nint table, nint context, int slot, nint sink)
    {
        np_object native = registration.Native;
        return Function(table, slot + 1)((void*)context, &native, (void*)sink);
    }

    private static delegate* unmanaged[Cdecl]<void*, void*, void*, int> Function(nint table, int slot) =>
        ((delegate* unmanaged[Cdecl]<void*, void*, void*, int>*)(table + sizeof(ContractTable)))[slot];

    private bool TryRegister(EventSubscription subscription, EventRegistration registration)
    {
        lock (_subscriptions)
        {
            subscription.Registration = registration;
            return _subscriptions.Contains(subscription);
        }
    }

    private EventRegistration? RegistrationOf(EventSubscription subscription)
    {
        lock (_subscriptions)
        {
            return subscription.Registration;
        }
    }

    private void Forget(EventSubscription subscription)
    {
        lock (_subscriptions)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private EventSubscription? Take(int slot, Delegate? handler, out EventRegistration? registration)
    {
        lock (_subscriptions)
        {
            int last = _subscriptions.FindLastIndex(subscription => subscription.Slot == slot && subscription.Handler.Equals(handler));
            EventSubscription? found = last < 0 ? null : _subscriptions[last];
            registration = found?.Registration;
            if (found is not null)
            {
                _subscriptions.RemoveAt(last);
            }

            return found;
        }
    }
}
