using System.ComponentModel;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>The side that a proxy stands on. For the host's library and the SDK to derive from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractSide
{
    /// <summary>The exception for a call that failed.</summary>
    /// <param name="callee">The contract and the member.</param>
    /// <param name="reported">What the other side reported.</param>
    /// <param name="isDeclared">Whether the call may fail in this way: the caller gets an exception of that kind, with this one inside.</param>
    protected abstract Exception ToFault(string callee, ContractError reported, bool isDeclared);

    /// <summary>How much data a call may bring.</summary>
    public virtual PluginDataLimits DataLimits => PluginDataLimits.Default;

    /// <summary>
    /// Whether a member with <see cref="FastCallAttribute"/> is called without telling the garbage collector. Not where its function is code of
    /// this runtime, or takes long. True by default.
    /// </summary>
    public bool CallsFast { get; protected init; } = true;

    /// <summary>The objects that the two sides have given each other to keep: those of the instance that is called now.</summary>
    /// <exception cref="NotSupportedException">The way between the sides carries no objects.</exception>
    public virtual ContractObjects Objects => throw new NotSupportedException("Objects that the receiver keeps do not cross here.");

    /// <summary>Makes text from the other side safe to show.</summary>
    protected abstract string Escape(string text);

    /// <summary>
    /// The exception for a call that failed. Four kinds cross as what they are: <see cref="ArgumentException"/>,
    /// <see cref="InvalidOperationException"/>, <see cref="NotSupportedException"/> and
    /// <see cref="OperationCanceledException"/>; the fault with the other side's report is their inner exception.
    /// </summary>
    /// <param name="call">The contract and the member.</param>
    /// <param name="error">What the other side reported.</param>
    /// <param name="cancellationToken">The token of the call, if it has one.</param>
    /// <param name="isOfStream">Whether it is a call of a <see cref="Stream"/>, which an <see cref="IOException"/> crosses as well.</param>
    internal Exception ToException(string call, ContractError error, CancellationToken cancellationToken, bool isOfStream = false)
    {
        isOfStream &= error.Status == np.NP_E_IO;
        bool isDeclared = isOfStream || error.Status is np.NP_E_INVALID_ARGUMENT or np.NP_E_INVALID_STATE or np.NP_E_UNSUPPORTED or np.NP_E_CANCELLED;
        Exception fault = ToFault(call, error, isDeclared);
        string message = error.Message.Length == 0 ? fault.Message : Escape(error.Message);
        return error.Status switch
        {
            np.NP_E_INVALID_ARGUMENT => new ArgumentException(message, fault),
            np.NP_E_INVALID_STATE => new InvalidOperationException(message, fault),
            np.NP_E_UNSUPPORTED => new NotSupportedException(message, fault),
            np.NP_E_CANCELLED => new OperationCanceledException(
                message, fault, cancellationToken.IsCancellationRequested ? cancellationToken : default),
            _ => isOfStream ? new IOException(message, fault) : fault,
        };
    }
}
