namespace NativePlugins.Cli;

/// <summary>One <c>--set K=V</c>.</summary>
internal readonly record struct PluginSetting(string Key, string Value)
{
    public const string Section = "Plugins:";

    /// <summary>
    /// Whether a configuration path under <c>Plugins:&lt;id&gt;</c> means this key. A key without the prefix belongs to
    /// the plugin that is run: one process runs one plugin, so it stands under every id.
    /// </summary>
    public string? RelativeTo(string path)
    {
        if (Key.StartsWith(Section, StringComparison.OrdinalIgnoreCase))
        {
            return Under(path, Key);
        }

        int id = path.IndexOf(':', StringComparison.Ordinal) + 1;
        int end = id == 0 ? -1 : path.IndexOf(':', id);
        return !path.StartsWith(Section, StringComparison.OrdinalIgnoreCase) ? null
            : end < 0 ? Key
            : Under(path[(end + 1)..], Key);
    }

    public static PluginSetting Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? "" : text[..equals].Trim();
        return key.Length != 0 && Array.TrueForAll(key.Split(':'), part => part.Length != 0)
            ? new PluginSetting(key, text[(equals + 1)..])
            : throw CliErrors.BadValue("--set", "KEY=VALUE; a key in a section is written Section:Key", text);
    }

    private static string? Under(string path, string key) =>
        path.Length == 0 ? key
        : !key.StartsWith(path, StringComparison.OrdinalIgnoreCase) ? null
        : key.Length == path.Length ? ""
        : key[path.Length] == ':' ? key[(path.Length + 1)..]
        : null;
}
