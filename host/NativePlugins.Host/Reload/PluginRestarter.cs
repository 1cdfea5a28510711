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

    // After calls have waited for nothing: they do so for a twentieth of the time at most.
    private static readonly TimeSpan s_nextTry = 20 * s_saveLimit;

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
    private int _restarts;
    private bool _isDisposed;

    public PluginRestarter(
        PluginLifecycle lifecycle, PluginReloader reloader, ReloadEvents events, PluginRestartOptions options, TimeProvider time, ILogger logger)
    {
        (_lifecycle, _reloader, _events, _options, _logger) = (lifecycle, reloader, events, options, logger);
        _budget = new RestartBudget(options, time);
        _restart = time.CreateTimer(_ => OnOwnThread(Restart), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _save = time.CreateTimer(_ => OnOwnThread(Save), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        events.Reloaded += (_, _) =>
        {
            lifecycle.Current.Parts.Instance.NoteRestarts(Volatile.Read(ref _restarts));
            Watch(lifecycle.Current);
        };
        Watch(lifecycle.Current);
        SaveLater(hasCost: false);
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

    private void Watch(PluginGeneration generation) => generation.Parts.Instance.WhenFailed(_ => OnOwnThread(() => OnFailed(generation)));

    private void OnFailed(PluginGeneration generation)
    {
        lock (_lock)
        {
            // Another one may have taken its place before it ended.
            if (_isDisposed || _lifecycle.Current != generation)
            {
                return;
            }

            _failed = generation;
        }

        Next(generation, isFirst: true);
    }

    private void Restart()
    {
        PluginGeneration? failed;
        lock (_lock)
        {
            failed = _isDisposed ? null : _failed;
        }

        if (failed is null)
        {
            return;
        }

        try
        {
            Interlocked.Increment(ref _restarts);
            _reloader.Replace(failed);
        }
        catch (Exception)
        {
            Interlocked.Decrement(ref _restarts);

            // The reload has reported it.
            lock (_lock)
            {
                if (_isDisposed || _lifecycle.Current != failed || _lifecycle.State != PluginState.Crashed)
                {
                    return;
                }
            }

            Next(failed, isFirst: false);
        }
    }

    /// <summary>Says what comes next, and begins it: a restart, or none any more.</summary>
    private void Next(PluginGeneration failed, bool isFirst)
    {
        TimeSpan? delay;
        lock (_lock)
        {
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

        if (isFirst || delay is null)
        {
            _events.OnCrashed(new PluginCrashedEventArgs(failed.Number, failed.Parts.Instance.Failure!, delay));
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
        bool hasCost = false;
        try
        {
            hasCost = !_reloader.State.Keep(s_saveLimit);
        }
        catch (Exception e)
        {
            hasCost = _lifecycle.State == PluginState.Started;
            ReloadLog.StateNotKept(_logger, PluginId, e);
        }
        finally
        {
            SaveLater(hasCost);
        }
    }

    /// <param name="hasCost">Whether calls have waited for nothing.</param>
    private void SaveLater(bool hasCost)
    {
        lock (_lock)
        {
            if (!_isDisposed && _options.StateInterval is TimeSpan interval)
            {
                _save.Change(hasCost && interval < s_nextTry ? s_nextTry : interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnOwnThread(Action work) => _ = OwnThread.Run(work, _lifecycle.Options.LifecycleDeadline);
}
