namespace NativePlugins.Host;

/// <summary>What a reload does with objects of the plugin's that the application has not disposed of. See <see cref="PluginReloadOptions.LiveObjects"/>.</summary>
public enum PluginLiveObjects
{
    /// <summary>
    /// The reload waits for the application to dispose of them, up to <see cref="PluginHostOptions.DrainDeadline"/>, and then fails with
    /// <see cref="PluginObjectsInUseException"/>. Calls go on meanwhile.
    /// </summary>
    Wait,

    /// <summary>
    /// The reload releases them, in the old build. From then on their calls throw <see cref="PluginObjectEndedException"/>, and disposing of them
    /// does nothing.
    /// </summary>
    Invalidate,
}
