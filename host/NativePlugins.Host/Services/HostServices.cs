using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Services;

/// <summary>What the host offers to one plugin: np.log/1, np.config/1 and np.paths/1.</summary>
internal sealed class HostServices : IHostServices
{
    private const int MaxCategories = 64;

    private readonly PluginDescription _plugin;
    private readonly HostServicesOptions _options;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, ILogger> _categories = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object>[] _scope;
    private readonly Dictionary<string, ContractExport> _exports = new(StringComparer.Ordinal);
    private bool _isEnded;

    public HostServices(PluginDescription plugin, HostServicesOptions options, string installedDirectory)
    {
        _plugin = plugin;
        _options = options;
        _logger = options.LoggerFactory.CreateLogger(plugin.Id);
        _scope = [new("PluginId", plugin.Id), new("PluginVersion", plugin.Version)];
        InstalledDirectory = installedDirectory;
        Objects = new InstanceObjects(plugin, options.DataLimits, _logger);
    }

    /// <summary>What the instance and the application have given each other to keep.</summary>
    public InstanceObjects Objects { get; }

    public string InstalledDirectory { get; }

    /// <inheritdoc/>
    public nint FindOffered(ReadOnlySpan<byte> id)
    {
        foreach (OfferedContract offered in _options.Offered)
        {
            if (id.SequenceEqual(Encoding.UTF8.GetBytes(offered.ServiceId)))
            {
                lock (_exports)
                {
                    if (!_exports.TryGetValue(offered.ServiceId, out ContractExport? export) && !_isEnded)
                    {
                        export = offered.Export(Objects.Side);
                        _exports.Add(offered.ServiceId, export);
                    }

                    return export?.Table ?? 0;
                }
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void End()
    {
        lock (_exports)
        {
            _isEnded = true;
            foreach (ContractExport export in _exports.Values)
            {
                export.Dispose();
            }

            _exports.Clear();
        }
    }

    /// <summary>The activities that call into the plugin now.</summary>
    public CallerActivities Callers { get; } = new();

    public bool IsLogEnabled(int level) => _logger.IsEnabled(ToLogLevel(level));

    /// <summary>
    /// Writes a record under the plugin's id. If the record names the trace of a call that is still running, it joins the activity of that
    /// call, even from a thread of the plugin's own.
    /// </summary>
    public void WriteLog(PluginLogRecord record)
    {
        ILogger logger = LoggerFor(record.Category);
        LogLevel level = ToLogLevel(record.Level);
        if (!logger.IsEnabled(level))
        {
            return;
        }

        string text = record.Detail.Length == 0 ? record.Message : $"{record.Message}\n{record.Detail}";
        string message = UntrustedText.Escape(text, multiline: true, maxLength: 64 * 1024);
        if (Callers.Find(record.TraceParent) is not Activity caller)
        {
            Write();
            return;
        }

        Activity? before = Activity.Current;
        Activity.Current = caller;
        try
        {
            Write();
        }
        finally
        {
            Activity.Current = before;
        }

        void Write()
        {
            using (logger.BeginScope(_scope))
            {
                logger.Log(level, new EventId(record.EventId), message, null, static (text, _) => text);
            }
        }
    }

    public string? GetSetting(string key) => key.Length == 0 ? null : Section?[key];

    /// <summary>All settings with a value, by key.</summary>
    public IEnumerable<(string Key, string Value)> Settings() =>
        Section is not IConfigurationSection section
            ? []
            : section.AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Key.Length != 0 && setting.Value is not null)
                .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                .Select(setting => (setting.Key, setting.Value!));

    /// <summary>The plugin's own data directory, which is made for this user alone if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public string GetDataDirectory() => MakeDataDirectory(_options, _plugin.Id);

    /// <inheritdoc cref="GetDataDirectory"/>
    public static string MakeDataDirectory(HostServicesOptions options, string pluginId)
    {
        string root = options.DataDirectory ?? options.Environment.DataDirectory;
        if (root.Length == 0)
        {
            throw new IOException("There is no place for data: the user has no home directory. Set PluginHostOptions.DataDirectory.");
        }

        string parent = options.DataDirectory is null ? Path.Combine(root, "native-plugins") : root;
        string directory = Path.GetFullPath(Path.Combine(parent, pluginId), AppContext.BaseDirectory);
        HostSystem.Current.CreatePrivateDirectory(directory);
        return directory;
    }

    private IConfigurationSection? Section => _options.Configuration?.GetSection($"Plugins:{_plugin.Id}");

    private ILogger LoggerFor(string category)
    {
        if (category.Length == 0)
        {
            return _logger;
        }

        if (_categories.TryGetValue(category, out ILogger? known))
        {
            return known;
        }

        // A plugin that makes up ever new categories gets no further loggers.
        return _categories.Count >= MaxCategories
            ? _logger
            : _categories.GetOrAdd(
                category, name => _options.LoggerFactory.CreateLogger($"{_plugin.Id}.{UntrustedText.Escape(name)}"));
    }

    private static LogLevel ToLogLevel(int level) => (LogLevel)Math.Clamp(level, (int)LogLevel.Trace, (int)LogLevel.Critical);
}
