using System.Runtime.CompilerServices;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>The objects that one instance of the plugin and the application have given each other to keep.</summary>
internal sealed class HostObjects(HostTable host) : ContractObjects, IDisposable
{
    public override ContractSide Side => host.Side;

    /// <summary>Releases what the instance has of the application's, and ends what the application has of the instance's. Before the host is let go of.</summary>
    public void Dispose()
    {
        Invalidate();
        _ = ReleaseAll(waitsForCalls: false);
        Abandon();
        _ = Reclaim();
    }

    protected override ref int Enter()
    {
        ref int entered = ref TryEnter(out bool isEntered);
        if (!isEntered)
        {
            throw ToEnded("object of the application's");
        }

        return ref entered;
    }

    // The host sees to it that it is there as long as the instance.
    protected override ref int TryEnter(out bool isEntered)
    {
        isEntered = !host.IsDetached;
        return ref Unsafe.NullRef<int>();
    }

    protected override void Leave(ref int entered)
    {
    }

    protected override IDisposable? Hold() => null;

    protected override Exception ToEnded(string contract) =>
        new ObjectDisposedException(contract, $"This {contract} has been released: the instance of the plugin that it was given to has ended.");

    protected override void OnLeaked(string contract) => LogService.Write(
        host, PluginLogLevel.Debug, "", $"An object {contract} of the application's was collected without having been disposed of, and is released.", null, eventId: 0);

    protected override void OnReleaseFailed(string contract, Exception exception) => LogService.Write(
        host, PluginLogLevel.Warning, "", $"The end of an object {contract} between the plugin and the application has failed; it is gone.", exception, eventId: 0);
}
