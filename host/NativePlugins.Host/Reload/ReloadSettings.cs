namespace NativePlugins.Host.Reload;

/// <summary>How one host replaces its plugins.</summary>
/// <param name="Options">The application's options, checked.</param>
/// <param name="AllowSharedSymbols">Whether generations may share symbols without knowing it.</param>
/// <param name="ReadsManifest">Whether a plugin's manifest is read.</param>
/// <param name="Time">The clock for <see cref="PluginReloadOptions.QuietPeriod"/> and <see cref="PluginReloadOptions.PollInterval"/>.</param>
internal sealed record ReloadSettings(PluginReloadOptions Options, bool AllowSharedSymbols, bool ReadsManifest, TimeProvider Time);
