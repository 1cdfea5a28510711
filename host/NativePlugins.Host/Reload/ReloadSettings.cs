namespace NativePlugins.Host.Reload;

/// <summary>How one host replaces its plugins.</summary>
/// <param name="Options">The application's, checked.</param>
/// <param name="AllowSharedSymbols">Whether generations may share symbols without knowing.</param>
/// <param name="ReadsManifest">Whether a plugin's manifest counts.</param>
/// <param name="Time">By what <see cref="PluginReloadOptions.QuietPeriod"/> and <see cref="PluginReloadOptions.PollInterval"/> are measured.</param>
internal sealed record ReloadSettings(PluginReloadOptions Options, bool AllowSharedSymbols, bool ReadsManifest, TimeProvider Time);
