using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A token of the caller's that goes along as an np_cancellation. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
public readonly struct LentToken : IDisposable
{
    private readonly CancellationFrame? _frame;

    /// <summary>Lends a token for the time of a call. One that can never be cancelled is NULL to the other side.</summary>
    /// <exception cref="OperationCanceledException">It is cancelled already.</exception>
    public LentToken(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _frame = cancellationToken.CanBeCanceled ? CancellationFrame.Rent(cancellationToken) : null;
    }

    /// <summary>The address of the np_cancellation, or 0.</summary>
    public nint Native => _frame?.Native ?? 0;

    /// <summary>Ends the lending: no callback runs after it.</summary>
    public void Dispose() => _frame?.Return();
}
