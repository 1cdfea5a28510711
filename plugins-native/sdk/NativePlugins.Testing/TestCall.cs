using NativePlugins.Testing.Interop;

namespace NativePlugins.Testing;

/// <summary>What a run is given besides its arguments.</summary>
public sealed class TestCall
{
    /// <summary>The caller's trace context (W3C Trace Context, "traceparent"). Empty, for none, by default.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>Cancels the run. By default the command is told that it cannot be cancelled.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The status with which the host refuses the command's text, NP_E_IO (-10) say. Null, by default, for a host that takes it.</summary>
    public int? OutputRefusal { get; init; }

    internal CancellationTable? Cancellation { get; init; }

    internal int SizeDifference { get; init; }

    internal int? CallSizeDifference { get; init; }

    internal bool NullOutput { get; init; }
}
