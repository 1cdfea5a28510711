using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>One object of this side's that the other one keeps, and the np_object by which it is handed over.</summary>
/// <remarks>
/// What the other side gets as a context is no address: it is a place in a table of all exports, and how often that place has been used.
/// So who uses an object after its release, or releases it twice, is refused, whatever the place is used for by then. The lowest bit
/// tells such a context from that of a <see cref="ContractExport"/>, which is a handle.
/// </remarks>
internal sealed unsafe class ObjectExport
{
    private static readonly Lock s_lock = new();
    private static readonly Stack<ObjectExport> s_free = [];
    private static ObjectExport[] s_all = new ObjectExport[16];
    private static int s_count;

    private readonly np_object* _native;
    private readonly int _place;
    private volatile ContractObjects? _owner;
    private object? _target;
    private int _use;
    private bool _isFinished;

    private ObjectExport(int place)
    {
        _place = place;
        _native = (np_object*)NativeMemory.AllocZeroed((nuint)sizeof(np_object));
    }

    /// <summary>The address of the np_object, of which the receiver makes a copy.</summary>
    public nint Native => (nint)_native;

    /// <summary>What the other side knows the object by.</summary>
    public nint Token => (nint)(((long)_use << 32) | ((long)_place << 1) | 1);

    public nint Table => (nint)_native->table;

    public ContractObjects? Owner => _owner;

    public ObjectEnd EndsWith { get; private set; }

    /// <summary>How many references the other side has. Under the lock of the list that it is in.</summary>
    public int References { get; set; }

    /// <summary>Whether a context is of this kind.</summary>
    public static bool IsToken(nint context) => (context & 1) != 0;

    public static ObjectExport Rent(object target, ContractObjects owner, nint table, ObjectEnd end)
    {
        ObjectExport? export;
        lock (s_lock)
        {
            if (!s_free.TryPop(out export))
            {
                if (s_count == s_all.Length)
                {
                    ObjectExport[] grown = new ObjectExport[2 * s_count];
                    s_all.CopyTo(grown, 0);
                    Volatile.Write(ref s_all, grown);
                }

                export = new ObjectExport(s_count);
                s_all[s_count++] = export;
            }
        }

        export._owner = owner;
        export.EndsWith = end;
        export.References = 1;
        export._isFinished = false;
        *export._native = new np_object
        {
            struct_size = (uint)sizeof(np_object),
            context = (void*)export.Token,
            table = (void*)table,
            release = &Release,
            finish = end == ObjectEnd.DisposeAsync ? &Finish : null,
        };
        Volatile.Write(ref export._target, target);
        return export;
    }

    /// <summary>The object of a context, and who gave it away; null if it has ended.</summary>
    public static object? Find(nint context, out ContractObjects? owner)
    {
        owner = null;
        if (At(context) is not { } export)
        {
            return null;
        }

        // Target and owner are there for one use of the place: if that is the one of the context before and after, they are its own. All
        // reads are volatile, so they happen in this order; whoever ends the use writes the target, then the use, and then the owner.
        object? target = Volatile.Read(ref export._target);
        owner = export.Owner;
        if (target is null || Volatile.Read(ref export._use) != (int)(context >> 32))
        {
            owner = null;
            return null;
        }

        return target;
    }

    /// <summary>Returns the object for its end by <c>finish</c>; null if that was done before. Under the lock of the list that it is in.</summary>
    public object? TryFinish()
    {
        object? target = _isFinished ? null : _target;
        _isFinished = true;
        return target;
    }

    /// <summary>Lets nobody find the object any more, and returns it. What is in flight goes on.</summary>
    public object Return()
    {
        object target = _target!;
        Volatile.Write(ref _target, null);
        Volatile.Write(ref _use, _use + 1);
        References = 0;
        if (_isFinished)
        {
            EndsWith = ObjectEnd.Nothing;
        }

        return target;
    }

    /// <summary>Ends an object that nobody has a reference to any more. Throws what that throws.</summary>
    public static void End(object target, ObjectEnd end)
    {
        // The other side waits for the end of the object in its own thread, or has not waited for it at all.
        ValueTask ending = EndAsync(target, end);
        if (ending.IsCompleted)
        {
            ending.GetAwaiter().GetResult();
        }
        else
        {
            ending.AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>The same where the end may take long.</summary>
    public static ValueTask EndAsync(object target, ObjectEnd end)
    {
        switch (end)
        {
            case ObjectEnd.Dispose:
                ((IDisposable)target).Dispose();
                return default;
            case ObjectEnd.DisposeAsync:
                return ((IAsyncDisposable)target).DisposeAsync();
            default:
                return default;
        }
    }

    /// <summary>Lets the place be used again. After <see cref="Return"/>, by who called that.</summary>
    public void Free()
    {
        _owner = null;
        lock (s_lock)
        {
            s_free.Push(this);
        }
    }

    private static ObjectExport? At(nint context)
    {
        ObjectExport[] all = Volatile.Read(ref s_all);
        int place = (int)((uint)context >> 1);
        return place < all.Length && all[place] is { } export && Volatile.Read(ref export._use) == (int)(context >> 32) ? export : null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Release(void* context, np_error_sink* error)
    {
        object? last = null;
        try
        {
            if (At((nint)context) is not { } export || export.Owner is not { } owner)
            {
                return Refuse(error);
            }

            last = owner.Given.TakeBack(export, (nint)context, out bool isKnown);
            if (!isKnown)
            {
                return Refuse(error);
            }

            if (last is not null)
            {
                owner.Received.Subscribers.EndOf((nint)context);
                ObjectEnd end = export.EndsWith;
                export.Free();
                End(last, end);
            }

            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return ContractThunk.Report((nint)error, exception, isOfStream: last is GivenStream);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Finish(void* context, np_completion* completion, np_error_sink* error)
    {
        AsyncAnswer? answer = null;
        bool isOfStream = false;
        try
        {
            if (At((nint)context) is not { } export || export.Owner?.Given.TryFinish(export, (nint)context) is not IAsyncDisposable target)
            {
                return Refuse(error);
            }

            isOfStream = target is GivenStream;
            answer = new AsyncAnswer((nint)context, (nint)completion, 0) { IsOfStream = isOfStream };
            answer.Follow(target.DisposeAsync());
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            answer?.End();
            return ContractThunk.Report((nint)error, exception, isOfStream);
        }
    }

    private static int Refuse(np_error_sink* error) => ContractThunk.Report(
        (nint)error, new InvalidOperationException("There is no such object: it has been released, or its instance has ended."));
}
