using System.Diagnostics;
using System.Diagnostics.Metrics;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Diagnostics;

/// <summary>
/// The instruments, which are made when the first of them is needed. Names, units and attributes follow OpenTelemetry's conventions:
/// https://opentelemetry.io/docs/specs/semconv/general/naming/ and .../attributes-registry/error/.
/// </summary>
internal static class PluginInstruments
{
    public const string NameTag = "native_plugins.plugin.name";
    public const string ExitStatusTag = "native_plugins.command.exit_status";
    private const string IdTag = "native_plugins.plugin.id";
    private const string VersionTag = "native_plugins.plugin.version";
    private const string ServiceTag = "native_plugins.service";
    private const string ErrorTag = "error.type";

    private static readonly string? s_version = typeof(PluginInstruments).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource s_activities = new(PluginDiagnostics.ActivitySourceName, s_version);
    private static readonly Meter s_meter = new(PluginDiagnostics.MeterName, s_version);

    private static readonly Counter<long> s_loads =
        s_meter.CreateCounter<long>("native_plugins.loads", "{load}", "Plugins that were loaded.");

    private static readonly Counter<long> s_refusals =
        s_meter.CreateCounter<long>("native_plugins.refusals", "{refusal}", "Plugins that were not loaded, by error code.");

    private static readonly Counter<long> s_reloads = s_meter.CreateCounter<long>(
        "native_plugins.reloads", "{reload}", "Plugins that were replaced while they were in use; those that failed, by error code.");

    private static readonly Counter<long> s_calls =
        s_meter.CreateCounter<long>("native_plugins.calls", "{call}", "Runs of plugins' commands.");

    private static readonly Counter<long> s_faults = s_meter.CreateCounter<long>(
        "native_plugins.faults", "{fault}", "Calls in which a plugin failed or did not answer in time, by error code.");

    static PluginInstruments()
    {
        s_meter.CreateObservableUpDownCounter(
            "native_plugins.resident_image.count", static () => PluginTelemetry.ResidentImages?.Count() ?? 0, "{image}", "NativeAOT libraries in the process.");
        s_meter.CreateObservableUpDownCounter(
            "native_plugins.resident_image.limit", static () => PluginTelemetry.ResidentImages?.Limit() ?? 0, "{image}", "NativeAOT libraries that the process can carry.");
    }

    /// <summary>Null if there is no listener.</summary>
    public static Activity? StartActivity(string name) => s_activities.HasListeners() ? s_activities.StartActivity(name) : null;

    public static void Loaded(Activity? activity, (string Id, string Version) plugin)
    {
        s_loads.Add(1, new KeyValuePair<string, object?>(IdTag, plugin.Id));
        Describe(activity, plugin);
    }

    public static void Refused(Activity? activity, PluginException refusal)
    {
        s_refusals.Add(1, new KeyValuePair<string, object?>(ErrorTag, refusal.Code));
        Fail(activity, refusal);
    }

    public static void Reloaded(Activity? activity, (string Id, string Version) plugin, PluginException? failure)
    {
        var tags = new TagList { { IdTag, plugin.Id } };
        if (failure is not null)
        {
            tags.Add(ErrorTag, failure.Code);
            Fail(activity, failure);
        }

        s_reloads.Add(1, tags);
        Describe(activity, plugin);
    }

    public static Activity? Called((string Id, string Version) plugin, string service)
    {
        if (s_calls.Enabled)
        {
            s_calls.Add(1, new(IdTag, plugin.Id), new KeyValuePair<string, object?>(ServiceTag, service));
        }

        Activity? activity = StartActivity("native_plugins.command");
        Describe(activity, plugin);
        return activity;
    }

    public static void Faulted(string pluginId, PluginException fault)
    {
        s_faults.Add(1, new(IdTag, UntrustedText.Escape(pluginId)), new KeyValuePair<string, object?>(ErrorTag, fault.Code));
        if (s_activities.HasListeners() && Activity.Current is { } activity && ReferenceEquals(activity.Source, s_activities))
        {
            Fail(activity, fault);
        }
    }

    private static void Describe(Activity? activity, (string Id, string Version) plugin) =>
        activity?.SetTag(IdTag, plugin.Id).SetTag(VersionTag, plugin.Version);

    private static void Fail(Activity? activity, PluginException e) =>
        activity?.SetTag(ErrorTag, e.Code).SetStatus(ActivityStatusCode.Error, e.Summary);
}
