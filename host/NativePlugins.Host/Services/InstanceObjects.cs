using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Services;

/// <summary>The objects that one instance and the application have given each other to keep.</summary>
internal sealed class InstanceObjects : ContractObjects
{
    private readonly PluginDescription _plugin;
    private readonly ILogger _logger;
    private volatile Gateway? _gateway;

    public InstanceObjects(PluginDescription plugin, PluginDataLimits limits, ILogger logger)
    {
        (_plugin, _logger) = (plugin, logger);
        Side = new PluginContractSide(plugin, limits, () => this);
    }

    public override ContractSide Side { get; }

    /// <summary>Says how calls into the instance's objects begin.</summary>
    /// <param name="target">The plugin.</param>
    /// <param name="holds">The holds on the generation that the instance is of.</param>
    public void Attach(ICallTarget target, HoldCount holds) => _gateway = new Gateway(target, holds);

    /// <summary>Ends and disposes of what the application has given to the instance, which is gone.</summary>
    /// <param name="deadline">How long that is waited for: then it goes on by itself.</param>
    /// <exception cref="PluginLoaderHeldException">A new thread is needed, and a library keeps it from being started.</exception>
    public void EndGiven(TimeSpan deadline)
    {
        int left = GivenCount;
        if (left > 0)
        {
            Log.ObjectsLeft(_logger, _plugin.Id, left);
        }

        if (!LifecycleThread.TryRun(() => Reclaim(), deadline, late: static () => { }))
        {
            Log.ObjectsEndLate(_logger, _plugin.Id, deadline);
        }
    }

    protected override ref int Enter()
    {
        Gateway gateway = _gateway ?? throw CallFailures.ObjectEnded(_plugin, "object", "its plugin has not been created yet");
        if (!gateway.Target.Gate.TryEnter(out CallLease call))
        {
            throw gateway.Target.Refusal();
        }

        return ref call.Count;
    }

    protected override ref int TryEnter(out bool isEntered)
    {
        CallLease call = default;
        isEntered = _gateway?.Target.Gate.TryEnterAtOnce(out call) == true;
        return ref call.Count;
    }

    protected override void Leave(ref int entered) => new CallLease(ref entered).Dispose();

    protected override IDisposable? Hold() => new GenerationHold(_gateway!.Holds);

    protected override Exception ToEnded(string contract) =>
        CallFailures.ObjectEnded(_plugin, contract, "the plugin was stopped, or replaced by another build, since the object was made");

    protected override void OnLeaked(string contract) => Log.ObjectLeaked(_logger, _plugin.Id, contract);

    protected override void OnReleaseFailed(string contract, Exception exception) => Log.ObjectEndFailed(_logger, _plugin.Id, contract, exception);

    private sealed record Gateway(ICallTarget Target, HoldCount Holds);

    private sealed class GenerationHold : IDisposable
    {
        private HoldCount? _holds;

        public GenerationHold(HoldCount holds)
        {
            holds.Add();
            _holds = holds;
        }

        public void Dispose() => Interlocked.Exchange(ref _holds, null)?.Remove();
    }
}
