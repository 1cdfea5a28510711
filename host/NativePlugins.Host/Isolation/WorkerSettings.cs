using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// What the configuration says about the worker of one plugin, in <c>Plugins:&lt;id&gt;:Worker</c>. It wins over the application's options, key by key.
/// </summary>
internal sealed class WorkerSettings(IConfiguration? configuration, PluginWorkerOptions options)
{
    private const string Section = "Worker", Limits = "Limits", Sandbox = "Sandbox";

    private static readonly string[] s_parts = [Limits, Sandbox];

    private static readonly string[] s_limits =
    [
        nameof(PluginLimits.Memory), nameof(PluginLimits.ProcessorTime), nameof(PluginLimits.OpenFiles), nameof(PluginLimits.FileSize), nameof(PluginLimits.UserProcesses),
    ];

    private static readonly string[] s_sandbox =
    [
        nameof(PluginSandbox.ReadPaths), nameof(PluginSandbox.WritePaths), nameof(PluginSandbox.AllowData), nameof(PluginSandbox.AllowTcp),
        nameof(PluginSandbox.AllowNetwork), nameof(PluginSandbox.AllowProcesses), nameof(PluginSandbox.Required),
    ];

    /// <summary>Whether there is anything for this plugin.</summary>
    public bool Has(string pluginId) => Of(pluginId)?.GetChildren().Any() == true;

    /// <summary>Whether it says the same for both.</summary>
    public bool AreSame(string pluginId, string otherId) => All(pluginId).SequenceEqual(All(otherId));

    /// <returns>Checked; null for none.</returns>
    /// <exception cref="PluginIsolationSettingException">A key is not known, or its value is not one.</exception>
    public PluginLimits? LimitsOf(string pluginId)
    {
        Setting[] settings = SettingsOf(pluginId, Limits);
        if (settings.Length == 0)
        {
            return options.Limits;
        }

        PluginLimits limits = options.Limits?.Validated() ?? new PluginLimits();
        foreach (Setting setting in settings)
        {
            switch (setting.NameOf(s_limits))
            {
                case nameof(PluginLimits.Memory):
                    limits.Memory = setting.Number(PluginLimits.LeastMemory, long.MaxValue, "bytes");
                    break;
                case nameof(PluginLimits.ProcessorTime):
                    limits.ProcessorTime = setting.Time(PluginLimits.LeastProcessorTime, PluginLimits.MostProcessorTime);
                    break;
                case nameof(PluginLimits.OpenFiles):
                    limits.OpenFiles = (int)setting.Number(PluginLimits.LeastOpenFiles, int.MaxValue, "descriptors");
                    break;
                case nameof(PluginLimits.FileSize):
                    limits.FileSize = setting.Number(0, long.MaxValue, "bytes");
                    break;
                default:
                    limits.UserProcesses = (int)setting.Number(1, int.MaxValue, "processes");
                    break;
            }
        }

        return limits;
    }

    /// <returns>Checked; null for none.</returns>
    /// <exception cref="PluginIsolationSettingException">A key is not known, or its value is not one.</exception>
    public PluginSandbox? SandboxOf(string pluginId)
    {
        Setting[] settings = SettingsOf(pluginId, Sandbox);
        if (settings.Length == 0)
        {
            return options.Sandbox;
        }

        PluginSandbox sandbox = options.Sandbox?.Validated() ?? new PluginSandbox();
        foreach (Setting setting in settings)
        {
            switch (setting.NameOf(s_sandbox))
            {
                case nameof(PluginSandbox.ReadPaths):
                    setting.Paths(sandbox.ReadPaths);
                    break;
                case nameof(PluginSandbox.WritePaths):
                    setting.Paths(sandbox.WritePaths);
                    break;
                case nameof(PluginSandbox.AllowData):
                    sandbox.AllowData = setting.Flag();
                    break;
                case nameof(PluginSandbox.AllowTcp):
                    sandbox.AllowTcp = setting.Flag();
                    break;
                case nameof(PluginSandbox.AllowNetwork):
                    sandbox.AllowNetwork = setting.Flag();
                    break;
                case nameof(PluginSandbox.AllowProcesses):
                    sandbox.AllowProcesses = setting.Flag();
                    break;
                default:
                    sandbox.Required = setting.Flag();
                    break;
            }
        }

        return sandbox;
    }

    /// <summary>Those of one part. All parts must be known.</summary>
    private Setting[] SettingsOf(string pluginId, string part)
    {
        Setting[] parts = [.. Of(pluginId)?.GetChildren().Select(child => new Setting(pluginId, Section, child)) ?? []];
        return [.. parts.Where(child => child.NameOf(s_parts) == part).SelectMany(child => child.Children())];
    }

    private IConfigurationSection? Of(string pluginId) => configuration?.GetSection($"Plugins:{pluginId}:{Section}");

    private IEnumerable<KeyValuePair<string, string?>> All(string pluginId) => Of(pluginId)?.AsEnumerable(makePathsRelative: true) ?? [];

    /// <summary>One key with its value, or with what is below it.</summary>
    private readonly record struct Setting(string PluginId, string Parent, IConfigurationSection Section)
    {
        private string Key => $"{Parent}:{Section.Key}";

        private string Value => Section.Value ?? "";

        public IEnumerable<Setting> Children()
        {
            (string id, string key) = (PluginId, Key);
            return Section.GetChildren().Select(child => new Setting(id, key, child));
        }

        /// <summary>The name as it is written here; configuration has it in any case.</summary>
        public string NameOf(string[] known)
        {
            string name = Section.Key;
            return Array.Find(known, one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Bad($"one of {string.Join(", ", known)}", name);
        }

        public long Number(long least, long most, string unit) =>
            long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
                ? number : throw Bad(string.Create(CultureInfo.InvariantCulture, $"{least} {unit} or more"), Value);

        public TimeSpan Time(TimeSpan least, TimeSpan most) =>
            TimeSpan.TryParse(Value, CultureInfo.InvariantCulture, out TimeSpan time) && time >= least && time <= most ? time : throw Bad($"{least:c} to {most:c}", Value);

        public bool Flag() => bool.TryParse(Value, out bool flag) ? flag : throw Bad("true or false", Value);

        /// <summary>They take the place of those that are there.</summary>
        public void Paths(IList<string> paths)
        {
            paths.Clear();
            foreach (Setting path in Children())
            {
                paths.Add(path.Value.Length == 0 ? throw path.Bad("a path", "") : Path.GetFullPath(path.Value, AppContext.BaseDirectory));
            }
        }

        private PluginException Bad(string expected, string found) => WorkerFailures.BadSetting(PluginId, Key, expected, found);
    }
}
