namespace NativePlugins.Host;

/// <summary>A reload is about to load the new library, no code of which has run. See <see cref="Plugin.Reloading"/>.</summary>
public sealed class PluginReloadingEventArgs : EventArgs
{
    internal PluginReloadingEventArgs(int generation, PluginManifest? manifest)
    {
        Generation = generation;
        Manifest = manifest;
    }

    /// <summary>The number that the new generation would have.</summary>
    public int Generation { get; }

    /// <summary>The manifest of the new library, or null if it has none.</summary>
    public PluginManifest? Manifest { get; }

    /// <summary>The reason given to <see cref="Cancel"/>, or null.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>Vetoes the reload: it fails with <see cref="PluginReloadVetoedException"/>, and the plugin goes on as it is.</summary>
    /// <param name="reason">The reason, for the exception.</param>
    public void Cancel(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        CancelReason = reason;
    }
}

/// <summary>A new generation serves. See <see cref="Plugin.Reloaded"/>.</summary>
public sealed class PluginReloadedEventArgs : EventArgs
{
    internal PluginReloadedEventArgs(PluginReload reload) => Reload = reload;

    /// <summary>The reload. The retirement of the old generation is still to come.</summary>
    public PluginReload Reload { get; }
}

/// <summary>A reload failed, and the plugin goes on as it is. See <see cref="Plugin.ReloadFailed"/>.</summary>
public sealed class PluginReloadFailedEventArgs : EventArgs
{
    internal PluginReloadFailedEventArgs(int generation, Exception error, PluginReloadTimings timings)
    {
        Generation = generation;
        Error = error;
        Timings = timings;
        Phase = timings.Phase;
    }

    /// <summary>The number that the new generation would have had.</summary>
    public int Generation { get; }

    /// <summary>The step that failed.</summary>
    public PluginReloadPhase Phase { get; }

    /// <summary>The cause; mostly a <see cref="PluginException"/>.</summary>
    public Exception Error { get; }

    /// <summary>How long each step took, up to the one that failed.</summary>
    public PluginReloadTimings Timings { get; }
}

/// <summary>
/// The process of an isolated plugin has ended without being asked to; or the attempts to start it again have used up the limit. See <see cref="Plugin.Crashed"/>.
/// </summary>
public sealed class PluginCrashedEventArgs : EventArgs
{
    internal PluginCrashedEventArgs(int generation, PluginException error, TimeSpan? restartIn)
    {
        Generation = generation;
        Error = error;
        RestartIn = restartIn;
    }

    /// <summary>The number of the generation that was in the process.</summary>
    public int Generation { get; }

    /// <summary>How the process has ended: a <see cref="PluginCrashedException"/>.</summary>
    public PluginException Error { get; }

    /// <summary>After which time another one is started; null if <see cref="PluginRestartOptions.MaxRestarts"/> is used up.</summary>
    public TimeSpan? RestartIn { get; }
}

/// <summary>A generation that was replaced has been retired. See <see cref="Plugin.Retired"/>.</summary>
public sealed class PluginRetiredEventArgs : EventArgs
{
    internal PluginRetiredEventArgs(PluginRetirement retirement) => Retirement = retirement;

    /// <summary>What became of the generation.</summary>
    public PluginRetirement Retirement { get; }
}
