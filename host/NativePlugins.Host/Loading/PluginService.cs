using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <summary>A service of a plugin's: a table of native functions behind an id.</summary>
/// <remarks>
/// The raw form, for who knows the table's C struct, and for plugins in this process only: what it leads to is an address. A call
/// takes a lease, so that the plugin is neither stopped nor replaced under it:
/// <code>
/// using PluginServiceLease lease = service.Enter();
/// var table = (my_table*)lease.Table;
/// table->function(table->context);
/// </code>
/// There is one object for each id of a plugin. It never goes stale: after a reload it leads to the new generation.
/// All members may be used from any thread, several at once.
/// </remarks>
public sealed class PluginService
{
    private readonly InProcessSlot _slot;

    internal PluginService(InProcessSlot slot) => _slot = slot;

    /// <summary>The service's id, <c>namespace.name/major</c>.</summary>
    public string Id => _slot.Id;

    /// <summary>The size that the plugin states for the table, in bytes. Functions beyond it are absent.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public int TableSize
    {
        get
        {
            using PluginServiceLease lease = Enter();
            return (int)Math.Min(NativeInstance.SizeOf(lease.Table), int.MaxValue);
        }
    }

    /// <summary>
    /// Begins a call: the table can be used until the lease is disposed of, on this thread. Another call of the same
    /// plugin may begin another lease in it.
    /// </summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter() => _slot.Enter();

    /// <summary>
    /// Begins a call that may end on another thread: an asynchronous one, or one whose callbacks come later. Costs more
    /// than <see cref="Enter"/>.
    /// </summary>
    /// <returns>Keeps the plugin from being stopped and replaced until it is disposed of.</returns>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginServiceHold Hold() => _slot.Hold();
}
