using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts;

/// <summary>
/// Keeps one generation of a plugin in place for many calls of a contract, so that each of them costs no more than the plugin's function.
/// A plugin is not stopped or replaced while a lease is held: an attempt waits up to the drain deadline.
/// </summary>
/// <remarks>
/// <para>
/// The contract's members are extension methods of the lease, which the generator writes beside the interface. They do what the members of
/// <see cref="Contract"/> do, and throw what those throw.
/// </para>
/// <code>
/// using PluginLease&lt;ICalculator&gt; calculator = plugin.Lease&lt;ICalculator&gt;();
/// foreach (int value in values)
/// {
///     sum = calculator.Add(sum, value);
/// }
/// </code>
/// <para>
/// A lease belongs to the thread that took it, which the compiler sees to: it lives on the stack, and not across an await. Hold it for a loop,
/// not for the life of the application: a reload cannot begin before it ends.
/// </para>
/// </remarks>
/// <typeparam name="T">The contract.</typeparam>
public readonly ref struct PluginLease<T>
    where T : class, IPluginContract<T>
{
    private readonly LeasedContract<T> _leased;
    private readonly ref int _count;

    /// <summary>For the host's library.</summary>
    /// <param name="leased">What is held. The lease ends it.</param>
    /// <param name="count">The thread's count of calls in flight, which counts the lease; <paramref name="leased"/> gets it back at the end.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PluginLease(LeasedContract<T> leased, ref int count)
    {
        _leased = leased;
        _count = ref count;
    }

    /// <summary>
    /// The object that <c>Plugin.Get</c> gives. It can be handed to code that takes the contract, on any thread, and outlives the lease.
    /// </summary>
    public T Contract => _leased.Contract;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [SuppressMessage("Design", "CA1721", Justification = "It is no other form of the contract.")]
    public LeasedContract<T> Leased => _leased;

    /// <summary>Ends the lease, on the thread that took it. Later calls throw <see cref="ObjectDisposedException"/>. Does nothing the second time.</summary>
    public void Dispose() => _leased.End(ref _count);
}
