using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// What the configuration says about the worker of one plugin, in <c>Plugins:&lt;id&gt;:Worker</c>. It wins over the application's options, key by key.
/// </summary>
internal sealed class WorkerSettings(IConfiguration? configuration, PluginWorkerOptions options)
{
    private const string Section = "Worker", Limits = "Limits";

    private static readonly string[] s_limits =
    [
        nameof(PluginLimits.Memory), nameof(PluginLimits.ProcessorTime), nameof(PluginLimits.OpenFiles), nameof(PluginLimits.FileSize), nameof(PluginLimits.UserProcesses),
    ];

    /// <summary>Whether there is anything for this plugin.</summary>
    public bool Has(string pluginId) => Of(pluginId)?.GetChildren().Any() == true;

    /// <summary>Whether it says the same for both.</summary>
    public bool AreSame(string pluginId, string otherId) => All(pluginId).SequenceEqual(All(otherId));

    /// <returns>Checked; null for none.</returns>
    /// <exception cref="PluginIsolationSettingException">A key is not known, or its value is not one.</exception>
    public PluginLimits? LimitsOf(string pluginId)
    {
        if (Of(pluginId) is not { } section || !section.GetChildren().Any())
        {
            return options.Limits;
        }

        PluginLimits limits = options.Limits?.Validated() ?? new PluginLimits();
        foreach (IConfigurationSection part in section.GetChildren())
        {
            Require(part.Key.Equals(Limits, StringComparison.OrdinalIgnoreCase), pluginId, part.Key, Limits);
            foreach (IConfigurationSection setting in part.GetChildren())
            {
                Set(limits, pluginId, setting);
            }
        }

        return limits;
    }

    private static void Set(PluginLimits limits, string pluginId, IConfigurationSection setting)
    {
        string key = $"{Section}:{Limits}:{setting.Key}", value = setting.Value ?? "";
        switch (Array.Find(s_limits, name => name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)))
        {
            case nameof(PluginLimits.Memory):
                limits.Memory = Number(PluginLimits.LeastMemory, long.MaxValue, "bytes");
                break;
            case nameof(PluginLimits.ProcessorTime):
                limits.ProcessorTime = TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan time)
                    && time >= PluginLimits.LeastProcessorTime && time <= PluginLimits.MostProcessorTime
                    ? time : throw WorkerFailures.BadSetting(pluginId, key, $"{PluginLimits.LeastProcessorTime:c} to {PluginLimits.MostProcessorTime:c}", value);
                break;
            case nameof(PluginLimits.OpenFiles):
                limits.OpenFiles = (int)Number(PluginLimits.LeastOpenFiles, int.MaxValue, "descriptors");
                break;
            case nameof(PluginLimits.FileSize):
                limits.FileSize = Number(0, long.MaxValue, "bytes");
                break;
            case nameof(PluginLimits.UserProcesses):
                limits.UserProcesses = (int)Number(1, int.MaxValue, "processes");
                break;
            default:
                throw WorkerFailures.BadSetting(pluginId, key, $"one of {string.Join(", ", s_limits)}", value);
        }

        long Number(long least, long most, string unit) =>
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
                ? number : throw WorkerFailures.BadSetting(pluginId, key, string.Create(CultureInfo.InvariantCulture, $"{least} {unit} or more"), value);
    }

    private static void Require(bool isKnown, string pluginId, string key, string expected)
    {
        if (!isKnown)
        {
            throw WorkerFailures.BadSetting(pluginId, $"{Section}:{key}", $"below {Section} only {expected}", key);
        }
    }

    private IConfigurationSection? Of(string pluginId) => configuration?.GetSection($"Plugins:{pluginId}:{Section}");

    private IEnumerable<KeyValuePair<string, string?>> All(string pluginId) => Of(pluginId)?.AsEnumerable(makePathsRelative: true) ?? [];
}
