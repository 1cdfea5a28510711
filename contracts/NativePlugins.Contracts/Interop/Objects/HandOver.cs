using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>One hand-over of an object of this side's.</summary>
/// <param name="objects">The list that it is in.</param>
/// <param name="export">Its export, which is used for another object once this one has ended.</param>
/// <param name="token">What the other side knows it by.</param>
internal readonly struct GivenObject(ContractObjects objects, ObjectExport export, nint token)
{
    public nint Native => export.Native;

    /// <summary>Begins to hand a result over. If that fails, nobody has it, and it is disposed of.</summary>
    /// <param name="side">The callee's side, or null for that of the context.</param>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="result">The object.</param>
    /// <exception cref="ObjectDisposedException">The other side's instance is gone.</exception>
    public static GivenObject OfResult<T>(ContractSide? side, nint context, T result)
        where T : class, IPluginContract<T>
    {
        try
        {
            return (side ?? ContractExport.SideOf(context)).Objects.Given.Give(result);
        }
        catch
        {
            ObjectExport.End(result, ObjectTable<T>.EndsWith);
            throw;
        }
    }

    /// <summary>Ends the hand-over of a result, which nobody else has: if it was refused, it is disposed of.</summary>
    public void End(int status)
    {
        if (status != np.NP_OK && TakeBack() is { } last)
        {
            ObjectEnd end = export.EndsWith;
            export.Free();
            ObjectExport.End(last, end);
        }
    }

    /// <summary>Ends a hand-over that has failed: the object stays the giver's.</summary>
    public void Undo()
    {
        if (TakeBack() is not null)
        {
            export.Free();
        }
    }

    private object? TakeBack() => objects.Given.TakeBack(export, token, out _);
}

/// <summary>An object that goes along as a parameter, and is the callee's from then on. For generated code.</summary>
/// <typeparam name="T">Its contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GivenContract<T> : IHandOver
    where T : class, IPluginContract<T>
{
    private readonly GivenObject _given;
    private bool _isOver;

    /// <summary>Begins the hand-over.</summary>
    /// <param name="target">The object, or null.</param>
    /// <param name="side">The caller's side.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="isOptional">Whether it may be null.</param>
    /// <exception cref="ArgumentNullException">It is null and must not be.</exception>
    public GivenContract(T? target, ContractSide side, string name, bool isOptional)
    {
        ArgumentNullException.ThrowIfNull(side);
        if (target is null)
        {
            _isOver = isOptional ? true : throw new ArgumentNullException(name);
            return;
        }

        _given = side.Objects.Given.Give(target);
        Native = _given.Native;
    }

    /// <summary>The address of the np_object; 0 when there is none.</summary>
    public nint Native { get; }

    /// <summary>The call has succeeded: the object is the callee's.</summary>
    public void Keep() => _isOver = true;

    /// <summary>Ends the hand-over, which has failed unless <see cref="Keep"/> was called: the object stays the caller's.</summary>
    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            _given.Undo();
        }
    }
}

/// <summary>An object that came as a parameter, and is the callee's from then on. For generated code.</summary>
/// <typeparam name="T">Its contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReceivedContract<T> : IHandOver
    where T : class, IPluginContract<T>
{
    private readonly ReceivedObjects? _list;
    private ObjectReference? _reference;

    /// <summary>Begins the hand-over.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="native">The address of the np_object, or 0.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="isOptional">Whether NULL means null.</param>
    /// <exception cref="ArgumentException">There is none, or it is another contract.</exception>
    public ReceivedContract(nint context, nint native, string name, bool isOptional)
    {
        if (native == 0)
        {
            if (!isOptional)
            {
                throw new ArgumentException($"{name} is NULL.");
            }

            return;
        }

        _list = ContractExport.SideOf(context).Objects.Received;
        _reference = _list.Take(native, np_object.FrozenMinimum, T.Descriptor, name, isHandOver: true, out object? known);
        Contract = _reference.Proxy<T>();
        GC.KeepAlive(known);
    }

    /// <summary>The object; null when there is none.</summary>
    [SuppressMessage("Design", "CA1721", Justification = "The word for it.")]
    public T? Contract { get; }

    /// <summary>The call has succeeded: the object is this side's.</summary>
    public void Keep()
    {
        _reference?.Leave();
        _reference = null;
    }

    /// <summary>Ends the hand-over, which has failed unless <see cref="Keep"/> was called: the object stays the caller's.</summary>
    public void Dispose()
    {
        if (_reference is { } reference)
        {
            _list!.Forget(reference);
            reference.Leave();
            _reference = null;
        }
    }
}

/// <summary>Something that comes with a call and stays if that succeeds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHandOver : IDisposable
{
    /// <summary>It stays. Without this, the end takes it back.</summary>
    void Keep();
}

/// <summary>What the functions of a table do with objects besides calling theirs. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ObjectThunk
{
    /// <summary>Hands an object over as the result, and returns the status of the caller's sink.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="sink">The caller's np_sink.</param>
    /// <param name="result">The object.</param>
    /// <param name="isOptional">Whether it may be null.</param>
    public static int Put<T>(void* context, void* sink, T? result, bool isOptional)
        where T : class, IPluginContract<T>
    {
        var native = (np_sink*)sink;
        if (result is null)
        {
            return isOptional
                ? native->write(native->context, null, 0)
                : throw new InvalidOperationException("The result is null, which the contract does not allow.");
        }

        GivenObject given = GivenObject.OfResult(null, (nint)context, result);
        int status = native->write(native->context, (void*)given.Native, (nuint)sizeof(np_object));
        given.End(status);
        return status;
    }
}
