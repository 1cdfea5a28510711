using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Diagnostics;

/// <summary>Tells listeners what happens. The rest of the library calls only this class. Thread-safe.</summary>
internal static class PluginTelemetry
{
    /// <summary>If it is off, a program that NativeAOT compiles contains none of this.</summary>
    [FeatureSwitchDefinition("NativePlugins.Telemetry.IsSupported")]
    public static bool IsSupported { get; } = !AppContext.TryGetSwitch("NativePlugins.Telemetry.IsSupported", out bool isOn) || isOn;

    /// <summary>Functions for the number of NativeAOT libraries in the process, and for how many it can carry.</summary>
    public static (Func<int> Count, Func<int> Limit)? ResidentImages { get; set; }

    /// <summary>Loads a plugin, in an activity of its own, and counts it as loaded or refused.</summary>
    /// <param name="nameOrPath">What is loaded.</param>
    /// <param name="load">Loads it.</param>
    /// <param name="identify">Returns its id and version once it is loaded.</param>
    public static T Load<T>(string nameOrPath, Func<T> load, Func<T, (string Id, string Version)> identify)
    {
        if (!IsSupported)
        {
            return load();
        }

        using Activity? activity = PluginInstruments.StartActivity("native_plugins.load");
        activity?.SetTag(PluginInstruments.NameTag, UntrustedText.Escape(nameOrPath));
        try
        {
            T plugin = load();
            PluginInstruments.Loaded(activity, identify(plugin));
            return plugin;
        }
        catch (PluginException e)
        {
            PluginInstruments.Refused(activity, e);
            throw;
        }
    }

    /// <summary>Reloads a plugin, in an activity of its own, and counts the reload, with the error code if it fails.</summary>
    /// <param name="id">The plugin's id.</param>
    /// <param name="version">The version of the generation that serves before.</param>
    /// <param name="reload">Reloads it.</param>
    /// <param name="identify">Returns its version once it is reloaded.</param>
    public static T Reload<T>(string id, string version, Func<T> reload, Func<T, string> identify)
    {
        if (!IsSupported)
        {
            return reload();
        }

        using Activity? activity = PluginInstruments.StartActivity("native_plugins.reload");
        try
        {
            T result = reload();
            PluginInstruments.Reloaded(activity, (id, identify(result)), null);
            return result;
        }
        catch (PluginException e)
        {
            PluginInstruments.Reloaded(activity, (id, version), e);
            throw;
        }
    }

    /// <summary>Begins a run of a plugin's command, in an activity of its own, and counts it as a call.</summary>
    public static CommandScope BeginCommand(string id, string version) =>
        IsSupported ? new CommandScope(PluginInstruments.Called((id, version), "np.command/1")) : default;

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
