namespace NativePlugins.Host.Calls;

/// <summary>The target of calls: one plugin, whichever of its generations serves. Thread-safe.</summary>
internal interface ICallTarget
{
    /// <summary>The gate that lets calls in.</summary>
    CallGate Gate { get; }

    /// <summary>The number of the generation that serves now, and the holds on it. Only inside a call.</summary>
    (HoldCount Holds, int Generation) Serving { get; }

    /// <summary>Why the gate has just not let a call of the current thread in.</summary>
    PluginException Refusal();
}
