using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <summary>A service of a plugin: a table of native functions behind an id.</summary>
/// <remarks>
/// This is the raw form, for code that knows the table's C struct. It works only for plugins in this process, because it leads to an
/// address. A call takes a lease, so that the plugin is neither stopped nor replaced during the call:
/// <code>
/// using PluginServiceLease lease = service.Enter();
/// var table = (my_table*)lease.Table;
/// table->function(table->context);
/// </code>
/// There is one object for each id of a plugin. It never becomes stale: after a reload it leads to the new generation.
/// All members may be used from any thread, several at once.
/// </remarks>
public sealed class PluginService
{
    private readonly InProcessSlot _slot;

    internal PluginService(InProcessSlot slot) => _slot = slot;

    /// <summary>The service's id, <c>namespace.name/major</c>.</summary>
    public string Id => _slot.Id;

    /// <summary>The size that the plugin states for the table, in bytes. Functions beyond this size are absent.</summary>
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
    /// Begins a call. The table can be used on this thread until the lease is disposed of. Within the call, another call of the same plugin
    /// may begin, with a lease of its own.
    /// </summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter() => _slot.Enter();

    /// <summary>
    /// Begins a call that may end on another thread: an asynchronous call, or one whose callbacks come later. Costs more than
    /// <see cref="Enter"/>.
    /// </summary>
    /// <returns>The hold. Until it is disposed of, the plugin is neither stopped nor replaced.</returns>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginServiceHold Hold() => _slot.Hold();
}
