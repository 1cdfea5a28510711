using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>The objects of the other side's that this side keeps. One lock, which is held for a few steps and never during a call.</summary>
internal sealed unsafe class ReceivedObjects(ContractObjects owner)
{
    private readonly object _lock = new();
    private readonly Dictionary<(nint Context, nint Table, ContractDescriptor Contract), ObjectReference> _known = [];
    private readonly HashSet<ObjectReference> _all = [];
    private bool _isOpen = true;
    private int _live;
    private int _pending;

    /// <summary>The handlers of the other side's at events of this side's.</summary>
    public EventSubscribers Subscribers { get; } = new(owner);

    public int LiveCount => Volatile.Read(ref _live);

    /// <summary>
    /// Takes an object over, which is one reference to it: the reference that is known already, if it is the same object and still in use.
    /// </summary>
    /// <param name="native">The address of the np_object, or 0.</param>
    /// <param name="size">What its giver says it has, in bytes.</param>
    /// <param name="contract">The contract that it should be.</param>
    /// <param name="name">The parameter, or "result".</param>
    /// <param name="isHandOver">Whether it is not sure yet that it will be this side's: nobody releases it until <see cref="ObjectReference.Leave"/>.</param>
    /// <param name="proxy">The proxy that there is already, so that it is not collected meanwhile.</param>
    /// <exception cref="DataRuleException">It is none, or of another contract.</exception>
    public ObjectReference Take(nint native, nuint size, ContractDescriptor contract, string name, bool isHandOver, out object? proxy)
    {
        np_object given = Checked(native, size, contract, name, out int minor);
        lock (_lock)
        {
            if (!_isOpen)
            {
                throw new DataRuleException($"{name} is an object of an instance that has ended.");
            }

            (nint, nint, ContractDescriptor) key = ((nint)given.context, (nint)given.table, contract);
            if (!_known.TryGetValue(key, out ObjectReference? reference) || !reference.TryAddReference(out proxy))
            {
                proxy = null;
                reference = new ObjectReference(owner, contract, given, minor);
                _all.Add(reference);
                _known[key] = reference;
                _live++;
            }

            if (isHandOver)
            {
                reference.BeginHandOver();
            }

            return reference;
        }
    }

    /// <summary>
    /// Takes a handler of an event over, and begins the hand-over. Each time it is another one, and none is in use by anybody but the event.
    /// </summary>
    /// <exception cref="DataRuleException">It is none, or takes something else.</exception>
    public ObjectReference TakeHandler(nint native, ContractDescriptor contract, out int minor)
    {
        np_object given = Checked(native, np_object.FrozenMinimum, contract, "handler", out minor);
        var reference = new ObjectReference(owner, contract, given, minor) { IsHandler = true };
        lock (_lock)
        {
            if (!_isOpen)
            {
                throw new DataRuleException("handler is an object of an instance that has ended.");
            }

            _all.Add(reference);
            reference.BeginHandOver();
        }

        return reference;
    }

    /// <summary>Undoes <see cref="Take"/> within a hand-over that has failed: the reference stays its giver's.</summary>
    public void Forget(ObjectReference reference)
    {
        lock (_lock)
        {
            if (!reference.RemoveReference())
            {
                return;
            }

            if (reference.End(ObjectReference.Closed | ObjectReference.Claimed))
            {
                NoteUnused(reference);
            }

            Remove(reference);
        }
    }

    /// <summary>Ends the use of an object that nobody wants; false if another thread was handed it as well, or it has ended before.</summary>
    public bool CloseUnwanted(ObjectReference reference)
    {
        lock (_lock)
        {
            return reference.AddUnwanted() && Close(reference);
        }
    }

    /// <summary>Ends the use of an object; false if it has ended before.</summary>
    public bool Close(ObjectReference reference)
    {
        lock (_lock)
        {
            if (!reference.End(ObjectReference.Closed))
            {
                return false;
            }

            NoteUnused(reference);
            return true;
        }
    }

    /// <summary>The object is released, or will never be.</summary>
    public void Released(ObjectReference reference)
    {
        lock (_lock)
        {
            Remove(reference);
        }
    }

    public void Postpone() => Interlocked.Increment(ref _pending);

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    public void Invalidate()
    {
        lock (_lock)
        {
            _isOpen = false;
            foreach (ObjectReference reference in _all)
            {
                if (reference.End(ObjectReference.Ended))
                {
                    NoteUnused(reference);
                }
            }
        }
    }

    public int ReleaseAll(bool waitsForCalls)
    {
        Subscribers.DetachAll();
        ObjectReference[] ended = Ended();
        foreach (ObjectReference reference in ended)
        {
            if (reference.TryClaim() && reference.Release() is { } failure)
            {
                owner.OnReleaseFailed(reference.Contract.ServiceId, failure);
            }
        }

        if (waitsForCalls)
        {
            _ = WaitFor(() => _all.Count, Timeout.InfiniteTimeSpan);
        }

        return ended.Length;
    }

    public void ReleasePending()
    {
        if (Interlocked.Exchange(ref _pending, 0) != 0)
        {
            foreach (ObjectReference reference in Ended())
            {
                reference.ReleaseUnwatched();
            }
        }
    }

    public bool WaitUntilUnused(TimeSpan patience) => WaitFor(() => _live, patience);

    public void Abandon()
    {
        lock (_lock)
        {
            _isOpen = false;
            foreach (ObjectReference reference in _all)
            {
                if (reference.End(ObjectReference.Ended | ObjectReference.Claimed))
                {
                    NoteUnused(reference);
                }
            }

            _all.Clear();
            _known.Clear();
            Monitor.PulseAll(_lock);
        }

        Subscribers.DetachAll();
    }

    private ObjectReference[] Ended()
    {
        lock (_lock)
        {
            return [.. _all.Where(reference => reference.HasEnded)];
        }
    }

    private bool WaitFor(Func<int> count, TimeSpan patience)
    {
        long start = Environment.TickCount64;
        lock (_lock)
        {
            while (count() > 0)
            {
                TimeSpan left = patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
                if (patience == Timeout.InfiniteTimeSpan)
                {
                    Monitor.Wait(_lock);
                }
                else if (left <= TimeSpan.Zero || !Monitor.Wait(_lock, left))
                {
                    return count() == 0;
                }
            }
        }

        return true;
    }

    private void NoteUnused(ObjectReference reference)
    {
        if (reference.IsHandler)
        {
            return;
        }

        _live--;
        if (_known.TryGetValue(reference.Key, out ObjectReference? known) && known == reference)
        {
            _known.Remove(reference.Key);
        }

        Monitor.PulseAll(_lock);
    }

    private void Remove(ObjectReference reference)
    {
        _all.Remove(reference);
        Monitor.PulseAll(_lock);
    }

    private static np_object Checked(nint native, nuint size, ContractDescriptor contract, string name, out int minor)
    {
        var given = (np_object*)native;
        if (size < np_object.FrozenMinimum || given->struct_size < np_object.FrozenMinimum)
        {
            Refuse($"{name} is an np_object of {(size < np_object.FrozenMinimum ? size : given->struct_size)} bytes; {np_object.FrozenMinimum} or more were expected.");
        }

        if (given->table == null || given->release == null)
        {
            Refuse($"{name} is an object without {(given->table == null ? "a table" : "release")}.");
        }

        if (ContractTable.Check((nint)given->table, contract, out minor) is { } mismatch)
        {
            Refuse($"{name} is not the {contract.ServiceId} that was expected. Expected: {mismatch.Expected}. Found: {mismatch.Found}.");
        }

        return *given;
    }

    [DoesNotReturn]
    private static void Refuse(string message) => throw new DataRuleException(message);
}
