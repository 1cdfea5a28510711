namespace NativePlugins.Distribution;

/// <summary>How a directory of plugins is changed.</summary>
public sealed class PluginStoreOptions
{
    private TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait while another process changes the directory. From 0 to one hour; default: 30 s.</summary>
    public TimeSpan Patience
    {
        get => _patience;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            _patience = value;
        }
    }

    /// <summary>How large a package may be. Default: <see cref="PluginPackageLimits.Default"/>.</summary>
    public PluginPackageLimits Limits { get; set; } = PluginPackageLimits.Default;

    /// <summary>
    /// Trust policies: those of these files that there are must all allow a package before any of it is installed. Default:
    /// <see cref="PluginTrustPolicy.DefaultFiles"/>.
    /// </summary>
    public IReadOnlyList<string> TrustFiles { get; set; } = PluginTrustPolicy.DefaultFiles;

    /// <summary>The system whose files are installed, for example <c>linux-x64</c>. Default: <see cref="PluginPackage.CurrentSystem"/>.</summary>
    public string System { get; set; } = PluginPackage.CurrentSystem;

    /// <summary>Default: the system's time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
