using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NativePlugins.Extensions.Hosting.Tests.Telemetry;

/// <summary>What the OpenTelemetry SDK exports of the meter and the activity source, from now on.</summary>
internal sealed class Observed : IDisposable
{
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly List<Activity> _activities = [];
    private readonly MeterProvider _meters;
    private readonly TracerProvider _traces;

    public Observed()
    {
        // What is counted is the difference to what earlier tests left.
        _meters = Sdk.CreateMeterProviderBuilder()
            .AddMeter("NativePlugins")
            .AddInMemoryExporter(_metrics, reader => reader.TemporalityPreference = MetricReaderTemporalityPreference.Delta)
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder().AddSource("NativePlugins").AddInMemoryExporter(_activities).Build();
    }

    public IReadOnlyList<Activity> Activities => _activities;

    /// <summary>Each metric as <c>name{unit} attribute=value … sum</c>, sorted.</summary>
    public IReadOnlyList<string> Metrics()
    {
        _meters.ForceFlush();
        return [.. _metrics.SelectMany(Lines).Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    private static IEnumerable<string> Lines(MetricSnapshot metric)
    {
        foreach (MetricPoint point in metric.MetricPoints)
        {
            var tags = new List<string>();
            foreach (KeyValuePair<string, object?> tag in point.Tags)
            {
                tags.Add($"{tag.Key}={tag.Value}");
            }

            tags.Sort(StringComparer.Ordinal);
            yield return string.Join(' ', [$"{metric.Name}{metric.Unit}", .. tags, point.GetSumLong().ToString(CultureInfo.InvariantCulture)]);
        }
    }
}
