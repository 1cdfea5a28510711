using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Reload;

/// <summary>
/// Watches a plugin's installed files and reloads it when they are a complete new build. The system's notifications make
/// it quick; looking again and again makes it sure: they can overflow, and some file systems have none.
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

    /// <param name="lifecycle">The plugin's.</param>
    /// <param name="reload">Reloads; is told how long detecting the change took.</param>
    /// <param name="settings">How it is watched.</param>
    /// <param name="logger">For a file system without notifications.</param>
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

    /// <summary>Again at each look: the files of the next build can lie elsewhere. Without the lock, for which a notification may wait.</summary>
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

    /// <summary>A log beside the plugin that is written to all the time is none of its files.</summary>
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
            // One is enough: put off by each, the look would never come beside a file that is written all the time.
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

    /// <summary>How long it took to detect a new build; null if there is none.</summary>
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
            // It was reported by who reloads.
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
                    // It was started or stopped meanwhile.
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
