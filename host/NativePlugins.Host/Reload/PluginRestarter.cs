using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Reload;

/// <summary>
/// Tells of a generation whose process has ended unasked, and puts another one in its place, which is a reload. Between two of these, saves the state
/// that the next one begins with. Thread-safe.
/// </summary>
internal sealed class PluginRestarter : IDisposable
{
    // For calls in flight. Others wait while the state is saved, so not for long.
    private static readonly TimeSpan s_saveLimit = TimeSpan.FromMilliseconds(100);

    private readonly object _lock = new();
    private readonly PluginLifecycle _lifecycle;
    private readonly PluginReloader _reloader;
    private readonly ReloadEvents _events;
    private readonly PluginRestartOptions _options;
    private readonly RestartBudget _budget;
    private readonly ILogger _logger;
    private readonly ITimer _restart;
    private readonly ITimer _save;
    private PluginGeneration? _failed;
    private bool _isDisposed;

    public PluginRestarter(
        PluginLifecycle lifecycle, PluginReloader reloader, ReloadEvents events, PluginRestartOptions options, TimeProvider time, ILogger logger)
    {
        (_lifecycle, _reloader, _events, _options, _logger) = (lifecycle, reloader, events, options, logger);
        _budget = new RestartBudget(options, time);
        _restart = time.CreateTimer(_ => OnOwnThread(Restart), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _save = time.CreateTimer(_ => OnOwnThread(Save), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        events.Reloaded += (_, _) => Watch(lifecycle.Current);
        Watch(lifecycle.Current);
        SaveLater();
    }

    private string PluginId => _lifecycle.Current.Parts.Description.Id;

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _restart.Dispose();
        _save.Dispose();
    }

    private void Watch(PluginGeneration generation) => generation.Parts.Instance.WhenFailed(failure => OnOwnThread(() => OnFailed(generation, failure)));

    private void OnFailed(PluginGeneration generation, PluginException failure)
    {
        TimeSpan? delay;
        lock (_lock)
        {
            // Another one may have taken its place before it ended.
            if (_isDisposed || _lifecycle.Current != generation)
            {
                return;
            }

            _failed = generation;
            delay = _budget.Take();
        }

        if (delay is TimeSpan wait)
        {
            ReloadLog.Restarting(_logger, PluginId, wait.TotalMilliseconds);
        }
        else
        {
            ReloadLog.RestartsUsedUp(_logger, PluginId, _options.MaxRestarts, _options.Window.TotalSeconds);
        }

        _events.OnCrashed(new PluginCrashedEventArgs(generation.Number, failure, delay));
        RestartIn(delay);
    }

    private void Restart()
    {
        try
        {
            lock (_lock)
            {
                if (_isDisposed || _lifecycle.Current != _failed)
                {
                    return;
                }
            }

            _reloader.Reload(TimeSpan.Zero, null, CancellationToken.None);
        }
        catch (Exception)
        {
            // The reload has reported it.
            Again();
        }
    }

    private void Again()
    {
        TimeSpan? delay;
        lock (_lock)
        {
            if (_isDisposed || _lifecycle.Current != _failed || _lifecycle.State != PluginState.Crashed)
            {
                return;
            }

            delay = _budget.Take();
        }

        if (delay is null)
        {
            ReloadLog.RestartsUsedUp(_logger, PluginId, _options.MaxRestarts, _options.Window.TotalSeconds);
        }

        RestartIn(delay);
    }

    private void RestartIn(TimeSpan? delay)
    {
        lock (_lock)
        {
            if (!_isDisposed && delay is TimeSpan wait)
            {
                _restart.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Save()
    {
        try
        {
            _reloader.State.Keep(s_saveLimit);
        }
        catch (PluginException e)
        {
            ReloadLog.StateNotKept(_logger, PluginId, e);
        }

        SaveLater();
    }

    private void SaveLater()
    {
        lock (_lock)
        {
            if (!_isDisposed && _options.StateInterval is TimeSpan interval)
            {
                _save.Change(interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnOwnThread(Action work) => _ = OwnThread.Run(work, _lifecycle.Options.LifecycleDeadline);
}
