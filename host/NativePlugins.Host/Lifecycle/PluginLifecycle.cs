using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>
/// The states of a plugin, and the calls that lead from one to the next. There is one gate for the plugin's whole life; behind it is the
/// generation that serves now.
/// </summary>
internal sealed partial class PluginLifecycle(PluginGeneration first, LifecycleOptions options, ILogger logger, Action forget) : ICallTarget
{
    private readonly object _lock = new();
    private volatile PluginState _state = PluginState.Created;
    private volatile PluginGeneration _current = first;
    private volatile bool _isEnding;
    private volatile bool _isStopping;

    public CallGate Gate { get; } = new();

    /// <summary>The generation that a call reaches. It stays the same within a call.</summary>
    public PluginGeneration Current => _current;

    public PluginState State => _state is PluginState.Created or PluginState.Started && _current.Parts.Instance.Failure is not null
        ? PluginState.Crashed
        : _state;

    public LifecycleOptions Options => options;

    public ILogger Logger => logger;

    (HoldCount Holds, int Generation) ICallTarget.Serving => (_current.Holds, _current.Number);

    private PluginDescription Description => _current.Parts.Description;

    public void Start()
    {
        lock (_lock)
        {
            if (_state == PluginState.Started)
            {
                return;
            }

            Require(PluginState.Created);
            _current.Parts.Objects.Open();
            CallResult started = Call(_current, "start", _current.Parts.Instance.Start);
            if (started.Status != np.NP_OK)
            {
                throw PluginFailures.FromStart(Description, started);
            }

            _state = PluginState.Started;
            _current.CountThreads();
            if (!_current.Parts.Instance.IsElsewhere)
            {
                Gate.Name(Description.Id);
            }

            Gate.Open();
        }
    }

    public void Stop()
    {
        if (Gate.IsHeldByCurrentThread)
        {
            throw PluginFailures.StoppedFromWithin(Description);
        }

        lock (_lock)
        {
            if (_state == PluginState.Created)
            {
                return;
            }

            Require(PluginState.Started);
            bool isStopped = false;
            try
            {
                isStopped = TryStop(() => _isEnding);
            }
            catch (PluginLoaderHeldException)
            {
                // No thread for the stop could be started.
                OpenGate();
                throw;
            }

            if (!isStopped)
            {
                OpenGate();
                throw PluginFailures.StillBusy(Description, options.DrainDeadline);
            }

            if (_current.Parts.Instance.Failure is { } ended)
            {
                throw ended;
            }
        }
    }

    /// <summary>
    /// Called before <see cref="Dispose"/>. A stop that holds the lock and waits for calls to end gives up: it must not wait for the call
    /// from within which the plugin may be disposed of.
    /// </summary>
    public void BeginEnd() => _isEnding = true;

    public void Dispose()
    {
        BeginEnd();
        lock (_lock)
        {
            if (_state is PluginState.Disposed or PluginState.Quarantined)
            {
                forget();
                return;
            }

            try
            {
                if (_state == PluginState.Started && (Gate.IsHeldByCurrentThread || !TryStop(null)))
                {
                    Quarantine();
                    Log.Quarantined(logger, _current.Parts.Description.Id);
                }
                else
                {
                    Destroy();
                }
            }
            catch (PluginException e)
            {
                if (_state is PluginState.Created or PluginState.Started)
                {
                    Quarantine();
                }

                Log.DisposeFailed(logger, _current.Parts.Description.Id, e);
            }

            forget();
        }
    }

    /// <summary>
    /// Runs some work while the instance exists. Meanwhile no call changes the plugin's state, unless this thread is inside a call.
    /// </summary>
    public T WhileAlive<T>(Func<PluginGeneration, T> work)
    {
        CallLease call;
        for (var wait = new SpinWait(); !Gate.TryEnter(out call); wait.SpinOnce())
        {
            if (_state != PluginState.Started)
            {
                lock (_lock)
                {
                    RequireAlive();
                    return work(_current);
                }
            }

            // The gate of a started plugin is closed while calls end, and the thread that waits for them has the lock. If there is
            // no such thread, the plugin was started after the gate refused, or the gate is about to open: try again.
            if (CallGate.WasPaused || _isStopping)
            {
                throw Refusal();
            }
        }

        using CallLease inside = call;
        return work(_current);
    }

    /// <summary>Why the gate has just not let a call of the current thread in.</summary>
    public PluginException Refusal() =>
        CallGate.WasPaused ? PluginFailures.Reloading(Description) : PluginFailures.NotServing(Description, _state, _isStopping);

    /// <summary>The state, if the plugin can be replaced in it.</summary>
    public PluginState RequireAlive() => Require(PluginState.Created, PluginState.Started);

    private void OpenGate(Action? opened = null)
    {
        Gate.Open(opened);

        // On another thread: it is the plugin's code, which may take its time, and the caller has the lock.
        ThreadPool.UnsafeQueueUserWorkItem(static objects => objects.ReleasePending(), _current.Parts.Objects, preferLocal: false);
    }

    /// <summary>Closes the gate, drains and stops. False if calls were still in flight at the deadline.</summary>
    private bool TryStop(Func<bool>? giveUp)
    {
        _isStopping = true;
        try
        {
            long start = Stopwatch.GetTimestamp();
            Gate.Close();
            if (!Gate.WaitUntilEmpty(options.DrainDeadline, _current.Holds, giveUp))
            {
                return false;
            }

            LoadedParts parts = _current.Parts;
            parts.Objects.Invalidate();
            Call(_current, "release", () => parts.Objects.ReleaseAll(waitsForCalls: true));
            CallResult stopped = Call(_current, "stop", parts.Instance.Stop);
            _state = PluginState.Created;
            parts.Timings.Stop = Stopwatch.GetElapsedTime(start);
            EndReports.OfStop(logger, parts.Description.Id, stopped);
            return true;
        }
        finally
        {
            _isStopping = false;
        }
    }

    private void Destroy()
    {
        LoadedParts parts = _current.Parts;
        parts.Objects.Abandon();
        CallResult destroyed = Call(_current, "destroy", parts.Instance.Destroy);
        _state = PluginState.Disposed;
        EndReports.OfDestroy(logger, parts.Description.Id, destroyed);
        try
        {
            parts.Objects.EndGiven(options.LifecycleDeadline);
        }
        finally
        {
            Gate.Dispose();
            parts.Close(isReplaced: false, options.LifecycleDeadline, logger);
        }
    }

    /// <summary>Makes one lifecycle call under the deadline. If the deadline passes, the plugin is in quarantine.</summary>
    private T Call<T>(PluginGeneration generation, string step, Func<T> call)
    {
        if (LifecycleCall.TryRun(generation, step, call, options.LifecycleDeadline, logger, out T result))
        {
            return result;
        }

        Quarantine();
        throw PluginFailures.DeadlinePassed(
            generation.Parts.File.Path, generation.Parts.Description.Id, generation.StuckIn!, options.LifecycleDeadline);
    }

    private void Quarantine()
    {
        Gate.Close();
        _current.Parts.Objects.Abandon();
        _current.Parts.Instance.Abandon();
        _state = PluginState.Quarantined;
    }

    /// <summary>The state, if it is one of these.</summary>
    private PluginState Require(params PluginState[] states)
    {
        PluginState state = _state;
        return Array.IndexOf(states, state) >= 0 ? state : throw PluginFailures.WrongState(Description, state, states);
    }
}
