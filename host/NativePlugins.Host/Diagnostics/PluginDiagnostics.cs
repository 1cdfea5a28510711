namespace NativePlugins.Host;

/// <summary>The names under which this library can be observed, with OpenTelemetry for example.</summary>
/// <remarks>
/// The meter counts loads, refusals by error code, reloads, calls of commands, faults by error code, and resident images; the
/// source has an activity for each load, each reload and each run of a command. Nobody listens: neither costs a call anything. An application
/// that is published with NativeAOT leaves both out with the runtime host configuration option
/// <c>NativePlugins.Telemetry.IsSupported</c> (<c>false</c>, <c>Trim="true"</c>).
/// </remarks>
public static class PluginDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>: <c>NativePlugins</c>.</summary>
    public const string MeterName = "NativePlugins";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>: <c>NativePlugins</c>.</summary>
    public const string ActivitySourceName = "NativePlugins";
}
