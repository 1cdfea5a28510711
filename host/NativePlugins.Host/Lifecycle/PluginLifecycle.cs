using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>
/// The states of a plugin and the calls that lead from one to the next. One gate for the plugin's whole life; behind it
/// the generation that serves now.
/// </summary>
internal sealed class PluginLifecycle(
    Plugin plugin, PluginGeneration first, PluginHostOptions options, ILogger logger, Action<Plugin> forget)
{
    private readonly object _lock = new();
    private volatile PluginState _state = PluginState.Created;
    private volatile PluginGeneration _current = first;
    private volatile bool _isEnding;

    public CallGate Gate { get; } = new();

    /// <summary>What a call reaches; stays the same within a call.</summary>
    public PluginGeneration Current => _current;

    public PluginState State => _state;

    public void Start()
    {
        lock (_lock)
        {
            if (_state == PluginState.Started)
            {
                return;
            }

            Require(PluginState.Created);
            (int status, PluginRemoteError? error) = Call(_current, "start", _current.Parts.Instance.Start);
            if (status != np.NP_OK)
            {
                throw PluginFailures.FromStart(plugin, status, error);
            }

            _state = PluginState.Started;
            Gate.Open();
        }
    }

    public void Stop()
    {
        if (Gate.IsHeldByCurrentThread)
        {
            throw PluginFailures.StoppedFromWithin(plugin);
        }

        lock (_lock)
        {
            if (_state == PluginState.Created)
            {
                return;
            }

            Require(PluginState.Started);
            if (!TryStop(() => _isEnding))
            {
                Gate.Open();
                throw PluginFailures.StillBusy(plugin, options.DrainDeadline);
            }
        }
    }

    public void Dispose()
    {
        // Who waits for calls to end, and holds the lock, shall not wait for the call that this may be called from.
        _isEnding = true;
        lock (_lock)
        {
            if (_state is PluginState.Disposed or PluginState.Quarantined)
            {
                forget(plugin);
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
                Log.DisposeFailed(logger, _current.Parts.Description.Id, e);
            }

            forget(plugin);
        }
    }

    /// <summary>Runs something while the instance exists and, unless this thread is inside a call, nothing else happens to it.</summary>
    public T WhileAlive<T>(Func<PluginGeneration, T> work)
    {
        if (Gate.TryEnter(out CallLease call))
        {
            using (call)
            {
                return work(_current);
            }
        }

        // A started plugin's gate is closed while calls end, and who waits for that has the lock.
        if (_state == PluginState.Started)
        {
            throw Refusal();
        }

        lock (_lock)
        {
            Require(PluginState.Created, PluginState.Started);
            return work(_current);
        }
    }

    /// <summary>Why the gate has let a call not in.</summary>
    public PluginException Refusal() => PluginFailures.NotStarted(plugin);

    /// <summary>Closes the gate, drains and stops. False if calls were still in flight at the deadline.</summary>
    private bool TryStop(Func<bool>? giveUp)
    {
        long start = Stopwatch.GetTimestamp();
        Gate.Close();
        if (!Gate.WaitUntilEmpty(options.DrainDeadline, _current.Holds, giveUp))
        {
            return false;
        }

        LoadedParts parts = _current.Parts;
        (int status, PluginRemoteError? error) = Call(_current, "stop", parts.Instance.Stop);
        _state = PluginState.Created;
        parts.Timings.Stop = Stopwatch.GetElapsedTime(start);
        if (status != np.NP_OK)
        {
            Log.StopReported(logger, parts.Description.Id, (error ?? new PluginRemoteError(status, "", "", "")).Describe());
        }

        return true;
    }

    private void Destroy()
    {
        LoadedParts parts = _current.Parts;
        (int status, _) = Call(_current, "destroy", _ => parts.Instance.Destroy());
        _state = PluginState.Disposed;
        if (status != np.NP_OK)
        {
            Log.DestroyReported(logger, parts.Description.Id, StatusNames.Describe(status));
        }

        Gate.Dispose();
        parts.Release();
    }

    /// <summary>Makes one lifecycle call under the deadline; past it, the plugin is in quarantine.</summary>
    private (int Status, PluginRemoteError? Error) Call(PluginGeneration generation, string step, Func<CallFrame, int> call)
    {
        if (LifecycleCall.TryRun(generation, step, call, options, logger, out int status, out PluginRemoteError? error))
        {
            return (status, error);
        }

        Quarantine();
        throw PluginFailures.DeadlinePassed(
            plugin.LibraryPath, generation.Parts.Description.Id, step, options.LifecycleDeadline);
    }

    private void Quarantine()
    {
        Gate.Close();
        _current.Parts.Image.Pin();
        _state = PluginState.Quarantined;
    }

    private void Require(params PluginState[] states)
    {
        if (Array.IndexOf(states, _state) < 0)
        {
            throw PluginFailures.WrongState(plugin, states);
        }
    }
}
