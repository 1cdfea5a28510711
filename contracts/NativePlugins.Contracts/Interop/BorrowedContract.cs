using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A contract of the caller's that came as a parameter, until the call ends. For generated code.</summary>
/// <typeparam name="T">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BorrowedContract<T> : IDisposable
    where T : class, IPluginContract<T>
{
    private readonly Borrowing? _borrowing;

    /// <summary>Wraps a table of the caller's.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="table">The table, or NULL.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="isOptional">Whether NULL means null.</param>
    /// <exception cref="ArgumentException">There is none, or it is another contract.</exception>
    public BorrowedContract(nint context, nint table, string name, bool isOptional)
    {
        if (table == 0)
        {
            if (!isOptional)
            {
                throw new ArgumentException($"{name} is NULL.");
            }

            return;
        }

        if (ContractTable.Check(table, T.Descriptor, out int minor) is { } mismatch)
        {
            throw new ArgumentException(
                $"{name} is not the {T.Descriptor.ServiceId} that was expected. Expected: {mismatch.Expected}. Found: {mismatch.Found}.");
        }

        _borrowing = new Borrowing(T.Descriptor.ServiceId, ContractExport.SideOf(context), table);
        var turns = ContractTurns.For(T.Descriptor);
        Contract = T.CreateProxy<BorrowedLink, BorrowedLease>(new BorrowedLink(_borrowing), turns, minor);
    }

    /// <summary>The caller's object; null when there is none. It throws once the call has ended.</summary>
    [SuppressMessage("Design", "CA1721", Justification = "The word for it.")]
    public T? Contract { get; }

    /// <summary>Ends the borrowing.</summary>
    public void Dispose() => _borrowing?.End();
}
