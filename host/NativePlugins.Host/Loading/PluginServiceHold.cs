using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host;

/// <summary>
/// One call into a plugin that need not end on the thread that began it. While there is a hold, the plugin is neither stopped nor replaced:
/// an attempt waits up to the drain deadline. Thread-safe.
/// </summary>
public sealed class PluginServiceHold : IContractHold
{
    private HoldCount? _holds;

    internal PluginServiceHold(HoldCount holds, int generation, nint table)
    {
        holds.Add();
        _holds = holds;
        Generation = generation;
        Table = table;
    }

    /// <summary>The number of the generation that is held, from 1.</summary>
    public int Generation { get; }

    /// <summary>The address of the service's table, valid until <see cref="Dispose"/>.</summary>
    public nint Table { get; }

    /// <summary>The context of the table: the first argument of its functions.</summary>
    public nint Context => ContractTable.ContextOf(Table);

    /// <summary>Ends the call, on any thread. Does nothing the second time.</summary>
    public void Dispose() => Interlocked.Exchange(ref _holds, null)?.Remove();
}
