namespace NativePlugins.Host.Calls;

/// <summary>What calls go to: one plugin, whichever of its generations serves. Thread-safe.</summary>
internal interface ICallTarget
{
    /// <summary>Lets calls in.</summary>
    CallGate Gate { get; }

    /// <summary>The holds on the generation that serves now, and its number. Only inside a call.</summary>
    (HoldCount Holds, int Generation) Serving { get; }

    /// <summary>Why the gate has just not let a call of the current thread in.</summary>
    PluginException Refusal();
}
