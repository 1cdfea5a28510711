using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>What a <see cref="PluginLease{T}"/> holds. For the host's library to derive from, and for generated code. Used by one thread.</summary>
/// <typeparam name="T">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LeasedContract<T>
    where T : class, IPluginContract<T>
{
    private readonly BoundContract<T> _bound;
    private nint _table;

    /// <summary>Begins.</summary>
    /// <param name="contract">The object that calls the plugin without a lease, and how it does.</param>
    /// <param name="table">The address of the contract's table, valid until <see cref="Leave"/>.</param>
    /// <param name="errorSink">The np_error_sink for the calls.</param>
    protected LeasedContract(BoundContract<T> contract, nint table, nint errorSink)
    {
        _bound = contract;
        _table = table;
        ErrorSink = errorSink;
    }

    /// <summary>The object that calls the plugin without a lease.</summary>
    public T Contract => _bound.Proxy;

    /// <summary>Who is on this side of the call.</summary>
    public ContractSide Side => _bound.Side;

    /// <summary>Who may call, for a serialized contract; else null.</summary>
    public ContractTurns? Turns => _bound.Turns;

    /// <summary>The minor version that both sides have. Later members run their default bodies.</summary>
    public int Minor => _bound.Minor;

    /// <summary>The np_error_sink for the calls.</summary>
    public nint ErrorSink { get; }

    /// <summary>Begins a call, which the lease has let in already.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LeasedCall Enter()
    {
        nint table = _table;
        if (table == 0)
        {
            ThrowEnded();
        }

        return new LeasedCall(table);
    }

    internal void End(ref int count)
    {
        if (_table != 0)
        {
            _table = 0;
            Leave(ref count);
        }
    }

    /// <summary>Lets the plugin be stopped and replaced again.</summary>
    /// <param name="count">The count that the lease was given.</param>
    protected abstract void Leave(ref int count);

    [DoesNotReturn]
    private static void ThrowEnded() => throw new ObjectDisposedException(
        nameof(PluginLease<T>), $"The lease of {T.Descriptor.ServiceId} has ended. Take a new one for more calls.");
}
