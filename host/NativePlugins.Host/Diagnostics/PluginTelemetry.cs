using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Host;

/// <summary>Tells listeners what happens: the one place that the rest of the library calls. Thread-safe.</summary>
internal static class PluginTelemetry
{
    /// <summary>Off, none of it is linked into a program that NativeAOT compiles.</summary>
    [FeatureSwitchDefinition("NativePlugins.Telemetry.IsSupported")]
    public static bool IsSupported { get; } = !AppContext.TryGetSwitch("NativePlugins.Telemetry.IsSupported", out bool isOn) || isOn;

    /// <summary>Loads a plugin, in an activity of its own, and counts it as loaded or refused.</summary>
    public static Plugin Load(string nameOrPath, Func<Plugin> load)
    {
        if (!IsSupported)
        {
            return load();
        }

        using Activity? activity = PluginInstruments.StartActivity("native_plugins.load");
        activity?.SetTag(PluginInstruments.NameTag, UntrustedText.Escape(nameOrPath));
        try
        {
            Plugin plugin = load();
            PluginInstruments.Loaded(activity, plugin.Description);
            return plugin;
        }
        catch (PluginException e)
        {
            PluginInstruments.Refused(activity, e);
            throw;
        }
    }

    /// <summary>Reloads a plugin, in an activity of its own, and counts it, with the error code if it fails.</summary>
    public static PluginReload Reload(PluginDescription plugin, Func<PluginReload> reload)
    {
        if (!IsSupported)
        {
            return reload();
        }

        using Activity? activity = PluginInstruments.StartActivity("native_plugins.reload");
        try
        {
            PluginReload result = reload();
            PluginInstruments.Reloaded(activity, result.Description, null);
            return result;
        }
        catch (PluginException e)
        {
            PluginInstruments.Reloaded(activity, plugin, e);
            throw;
        }
    }

    /// <summary>Begins a run of a plugin's command, in an activity of its own, and counts it as a call.</summary>
    public static CommandScope BeginCommand(PluginDescription plugin) =>
        IsSupported ? new CommandScope(PluginInstruments.Called(plugin, "np.command/1")) : default;

    /// <summary>Counts a fault: the plugin failed in a call, or did not answer in time.</summary>
    /// <returns>The exception, to be thrown.</returns>
    public static PluginException Faulted(string pluginId, PluginException fault)
    {
        if (IsSupported)
        {
            PluginInstruments.Faulted(pluginId, fault);
        }

        return fault;
    }

    /// <summary>A command's run, until it is disposed of.</summary>
    public readonly struct CommandScope(Activity? activity) : IDisposable
    {
        public void Returned(int exitStatus) => activity?.SetTag(PluginInstruments.ExitStatusTag, exitStatus);

        public void Dispose() => activity?.Dispose();
    }
}
