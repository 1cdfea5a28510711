using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>The way from a proxy to the table that it calls. For the host's library, the SDK and generated code.</summary>
/// <typeparam name="TLease">What keeps the table valid for one call.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IContractLink<TLease>
    where TLease : struct, IContractLease, allows ref struct
{
    /// <summary>The np_error_sink for calls through this link.</summary>
    nint ErrorSink { get; }

    /// <summary>Who is on this side of the call: makes exceptions of what the other one reports.</summary>
    ContractSide Side { get; }

    /// <summary>Begins a call on the current thread. Throws when the other side is not there (any more).</summary>
    TLease Enter();

    /// <summary>Begins a call that may end on any thread.</summary>
    IContractHold Hold();
}

/// <summary>One call on one thread, until it is disposed of.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IContractLease : IDisposable
{
    /// <summary>The address of the table, valid until the end of the lease.</summary>
    nint Table { get; }

    /// <summary>The first argument of the table's functions: the table's own context, or that of one of the objects that share the table.</summary>
    nint Context { get; }
}

/// <summary>One asynchronous call, until it is disposed of: once, on any thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IContractHold : IDisposable
{
    /// <summary>The address of the table, valid until the hold is disposed of.</summary>
    nint Table { get; }

    /// <summary>The first argument of the table's functions.</summary>
    nint Context { get; }
}
