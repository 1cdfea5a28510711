namespace NativePlugins.Host;

/// <summary>The names by which this library can be observed, for example with OpenTelemetry.</summary>
/// <remarks>
/// The meter counts loads, refusals by error code, reloads, calls of commands, faults by error code, and resident images. The source has an
/// activity for each load, each reload and each run of a command. If there is no listener, neither costs a call anything. An application
/// that is published with NativeAOT leaves both out with the runtime host configuration option <c>NativePlugins.Telemetry.IsSupported</c>
/// (<c>false</c>, <c>Trim="true"</c>).
/// </remarks>
public static class PluginDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>: <c>NativePlugins</c>.</summary>
    public const string MeterName = "NativePlugins";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>: <c>NativePlugins</c>.</summary>
    public const string ActivitySourceName = "NativePlugins";
}
