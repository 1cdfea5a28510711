namespace NativePlugins.Host;

/// <summary>A stage of a plugin's life. The state diagram is at the top of <c>native_plugins.h</c>.</summary>
public enum PluginState
{
    /// <summary>The instance exists and does nothing: before its start, or after its stop.</summary>
    Created,

    /// <summary>The plugin runs and takes calls.</summary>
    Started,

    /// <summary>
    /// A call into the plugin passed its deadline. No further call is made, and its library stays mapped; the process of an isolated plugin is
    /// ended.
    /// </summary>
    Quarantined,

    /// <summary>The instance is gone.</summary>
    Disposed,

    /// <summary>
    /// The process of the isolated plugin has ended without being asked to. Calls throw <see cref="PluginCrashedException"/>. A reload puts a
    /// new one in its place; see <see cref="PluginWorkerOptions.Restart"/>.
    /// </summary>
    Crashed,
}
