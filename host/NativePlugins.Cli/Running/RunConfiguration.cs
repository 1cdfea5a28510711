using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace NativePlugins.Cli;

/// <summary>The configuration that <c>--config</c> and <c>--set</c> make up; the latter wins.</summary>
internal static class RunConfiguration
{
    public static IConfiguration Build(string? file, IReadOnlyList<PluginSetting> settings)
    {
        var builder = new ConfigurationBuilder();
        builder.Add(new SettingsSource(settings));
        if (file is null)
        {
            return builder.Build();
        }

        try
        {
            using FileStream stream = File.OpenRead(file);
            builder.Sources.Clear();
            builder.AddJsonStream(stream);
            builder.Add(new SettingsSource(settings));
            return builder.Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.ConfigFile(file, "a readable file", e.Message);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException)
        {
            throw CliErrors.ConfigFile(file, "a JSON object, each key once", (e.InnerException ?? e).Message);
        }
    }

    private sealed class SettingsSource(IReadOnlyList<PluginSetting> settings) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsProvider(settings);
    }

    /// <summary>Answers for <c>Plugins:&lt;any id&gt;</c> with the keys that have no prefix: the id is known only after loading.</summary>
    private sealed class SettingsProvider(IReadOnlyList<PluginSetting> settings) : IConfigurationProvider
    {
        public bool TryGet(string key, out string? value)
        {
            value = null;
            for (int i = settings.Count - 1; i >= 0; i--)
            {
                if (settings[i].RelativeTo(key) is "")
                {
                    value = settings[i].Value;
                    return true;
                }
            }

            return false;
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            settings
                .Select(setting => setting.RelativeTo(parentPath ?? ""))
                .Where(rest => !string.IsNullOrEmpty(rest))
                .Select(rest => rest!.Split(':')[0])
                .Concat(earlierKeys)
                .Order(ConfigurationKeyComparer.Instance);

        public void Set(string key, string? value) => throw new NotSupportedException("The settings are those of the command line.");

        public void Load()
        {
        }

        public IChangeToken GetReloadToken() => NeverChanges.Instance;
    }

    private sealed class NeverChanges : IChangeToken, IDisposable
    {
        public static NeverChanges Instance { get; } = new();

        public bool HasChanged => false;

        public bool ActiveChangeCallbacks => true;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => this;

        public void Dispose()
        {
        }
    }
}
