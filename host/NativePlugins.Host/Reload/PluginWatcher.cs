using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Reload;

/// <summary>
/// Watches a plugin's installed files, and reloads the plugin when they are a complete new build. The system's notifications make this
/// quick. As they can overflow, and some file systems have none, regular looks make it reliable.
/// </summary>
internal sealed class PluginWatcher : IDisposable
{
    private readonly object _lock = new();
    private readonly PluginLifecycle _lifecycle;
    private readonly Func<TimeSpan, PluginReload> _reload;
    private readonly PluginReloadOptions _options;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChangeDetector _detector;
    private readonly string _id;
    private readonly ITimer _timer;
    private readonly InstalledFiles _files;
    private readonly DirectoryNotifications _notifications;
    private long? _firstSeen;
    private bool _isNotified;
    private bool _isBusy;
    private bool _isDisposed;

    /// <param name="lifecycle">The plugin's lifecycle.</param>
    /// <param name="reload">Reloads the plugin. Receives how long it took to detect the change.</param>
    /// <param name="settings">How the plugin is watched.</param>
    /// <param name="logger">Told of a file system without notifications.</param>
    public PluginWatcher(PluginLifecycle lifecycle, Func<TimeSpan, PluginReload> reload, ReloadSettings settings, ILogger logger)
    {
        _lifecycle = lifecycle;
        _reload = reload;
        _options = settings.Options;
        _patience = lifecycle.Options.LifecycleDeadline;
        _time = settings.Time;
        _logger = logger;
        LoadedParts parts = lifecycle.Current.Parts;
        _id = parts.Description.Id;
        _files = new InstalledFiles(parts.File.InstalledPath, settings.ReadsManifest);
        string? unstaged = parts.Staged is null ? _files.Hash() : null;
        _detector = new ChangeDetector(_files, unstaged, () => lifecycle.Current.Parts.Staged?.ContentHash);
        _timer = _time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _notifications = new DirectoryNotifications(OnNoticed, OnFailure);
        Subscribe();
        LookIn(TimeSpan.Zero);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _notifications.Dispose();
        _timer.Dispose();
    }

    /// <summary>
    /// Called at each look, as the next build's files may lie elsewhere. Without the lock, for which a notification may be waiting.
    /// </summary>
    private void Subscribe()
    {
        try
        {
            _notifications.Watch(_files.Directories());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.WatchFailed(_logger, _id, e);
        }
    }

    private void OnFailure(Exception e)
    {
        Log.WatchFailed(_logger, _id, e);
        Notified();
    }

    /// <summary>Ignores files that are not the plugin's, such as a log beside it that is written to all the time.</summary>
    private void OnNoticed(string path, bool isContent)
    {
        if (!isContent || _files.IsListed(path))
        {
            Notified();
        }
    }

    private void Notified()
    {
        lock (_lock)
        {
            // One notification is enough. If each put the look off, a file that is written to all the time would prevent it for ever.
            if (!_isNotified && !_isBusy)
            {
                _isNotified = true;
                LookIn(_options.QuietPeriod);
            }
        }
    }

    private void Look()
    {
        Subscribe();
        if (LookForBuild() is TimeSpan detect)
        {
            _ = OwnThread.Run(() => Reload(detect), _patience);
        }
    }

    /// <summary>Looks at the files. Returns how long it took to detect a new build; null if there is none.</summary>
    private TimeSpan? LookForBuild()
    {
        lock (_lock)
        {
            if (_isDisposed || _isBusy)
            {
                return null;
            }

            _isNotified = false;
            switch (TryLook())
            {
                case ChangeAction.None:
                    _firstSeen = null;
                    LookIn(_options.PollInterval);
                    break;
                case ChangeAction.LookAgain:
                    _firstSeen ??= _time.GetTimestamp();
                    LookIn(_options.QuietPeriod);
                    break;
                default:
                    _isBusy = true;
                    return _time.GetElapsedTime(_firstSeen ?? _time.GetTimestamp());
            }

            return null;
        }
    }

    private ChangeAction TryLook()
    {
        try
        {
            return _detector.Look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.WatchFailed(_logger, _id, e);
            return ChangeAction.None;
        }
    }

    private void Reload(TimeSpan detect)
    {
        Exception? error = null;
        try
        {
            _reload(detect);
        }
        catch (Exception e)
        {
            // The reload has reported it.
            error = e;
        }

        lock (_lock)
        {
            _isBusy = false;
            _firstSeen = null;
            switch (error)
            {
                case null:
                    _detector.Accepted();
                    break;
                case PluginBusyException or PluginSourceChangedException or PluginStagingFullException:
                    _detector.Postponed();
                    break;
                case PluginStateException when _lifecycle.State is PluginState.Created or PluginState.Started:
                    // The plugin was started or stopped meanwhile.
                    _detector.Postponed();
                    break;
                default:
                    _detector.Rejected();
                    break;
            }

            LookIn(error is null ? _options.QuietPeriod : _options.PollInterval);
        }
    }

    private void LookIn(TimeSpan time)
    {
        if (!_isDisposed)
        {
            _timer.Change(time, Timeout.InfiniteTimeSpan);
        }
    }
}
