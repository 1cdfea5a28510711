using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// A table of functions in this process that stands for one in the other: who calls it sees no difference. Such tables are used again and
/// never freed. One that leads nowhere any more returns NP_E_INVALID_STATE.
/// </summary>
internal sealed unsafe class ForwardingTable
{
    private static readonly NativePoolOf<ForwardingTable> s_pool = new(static () => new ForwardingTable(), resting: 8);

    private readonly byte* _native;
    private readonly nint _handle;
    private volatile Target? _target;

    private ForwardingTable()
    {
        _handle = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        _native = (byte*)NativeMemory.AllocZeroed((nuint)(sizeof(ContractTable) + (ForwardingEntries.Count * sizeof(nint))));
        ForwardingEntries.Slots.CopyTo(new Span<nint>(_native + sizeof(ContractTable), ForwardingEntries.Count));
    }

    /// <summary>The address of the table.</summary>
    public nint Native => (nint)_native;

    /// <summary>Takes a table that leads nowhere yet.</summary>
    public static ForwardingTable Rent() => s_pool.Rent();

    /// <summary>Leads to a table of the other side from now on. Calls in flight go on.</summary>
    /// <param name="contract">What the table says of itself.</param>
    /// <param name="plan">How its functions are called.</param>
    /// <param name="calls">The way to the other side.</param>
    /// <param name="number">The number of the table there.</param>
    public ForwardingTable Lead(ContractDescriptor contract, ContractPlan plan, ForwardedCalls calls, uint number)
    {
        *(ContractTable*)_native = ContractTable.For(contract, sizeof(ContractTable) + (plan.Functions.Length * sizeof(nint)), _handle);
        _target = new Target(calls, number, plan);
        return this;
    }

    /// <summary>Ends the table. Calls in flight go on.</summary>
    public void Return()
    {
        _target = null;
        s_pool.Return(this);
    }

    /// <summary>What each entry does.</summary>
    internal static int Enter(int slot, NativeWords* words)
    {
        try
        {
            var table = (ForwardingTable)GCHandle.FromIntPtr((nint)words->Integer[0]).Target!;
            return table._target is not { } target ? np.NP_E_INVALID_STATE
                : slot >= target.Plan.Functions.Length ? np.NP_E_UNSUPPORTED
                : OutgoingCall.Run(target.Calls, target.Number, target.Plan, slot, words);
        }
        catch (OutOfMemoryException)
        {
            return np.NP_E_OUT_OF_MEMORY;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    private sealed record Target(ForwardedCalls Calls, uint Number, ContractPlan Plan);
}
