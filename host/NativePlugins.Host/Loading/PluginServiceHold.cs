using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host;

/// <summary>
/// One call into a plugin that need not end on the thread that began it. While there is one, the plugin is neither
/// stopped nor replaced: whoever wants to do so waits up to the drain deadline. Thread-safe.
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

    /// <summary>The number of the generation that it holds, from 1.</summary>
    public int Generation { get; }

    /// <summary>The address of the service's table, valid until <see cref="Dispose"/>.</summary>
    public nint Table { get; }

    /// <summary>Ends the call, on any thread. A second time nothing happens.</summary>
    public void Dispose() => Interlocked.Exchange(ref _holds, null)?.Remove();
}
