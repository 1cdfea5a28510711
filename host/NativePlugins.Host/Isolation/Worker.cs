using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>Reads the rest of an answer.</summary>
internal delegate void ReadAnswer(ref PayloadReader reader);

/// <summary>A worker process with the channel to it, from its start to its end. Thread-safe.</summary>
internal sealed partial class Worker
{
    // What has closed its channel is ending. The system needs a moment for that, and longer if it writes a core dump.
    private static readonly TimeSpan s_lastMoment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_errorLimit = TimeSpan.FromSeconds(1);

    private readonly WorkerProcess _process;
    private readonly StandardErrorTail _errors;
    private readonly Channel _channel;
    private readonly HostRequests _requests;
    private readonly TaskCompletionSource _hasEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private readonly string _name;
    private volatile string? _killedFor;
    private volatile bool _isEndWanted;
    private bool _isEndTold;
    private volatile WorkerEnd? _end;
    private volatile PluginCrashedException? _failure;
    private Action<PluginException>? _whenFailed;

    private Worker(WorkerProcess process, StandardErrorTail errors, HostRequests requests, string name, string applicationName, ILogger logger)
    {
        (_process, _errors, _requests, _name, _logger) = (process, errors, requests, name, logger);
        Status = new WorkerStatus(process.Id, name, applicationName);
        _channel = new Channel(process, isWorker: false, Serve)
        {
            ThreadGone = () => Kill("the plugin has ended the thread of a call into it (pthread_exit)"),
            Broken = Break,
        };
        Calls = new ForwardedCalls(new ChannelCalls(_channel, NoteLost, Break, Status.CountCall));
        requests.Worker = this;
    }

    /// <summary>That it has ended, and how; null while it has not.</summary>
    public PluginException? Failure => _failure;

    /// <summary>What other processes see of it.</summary>
    public WorkerStatus Status { get; }

    /// <summary>The system's number of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The calls by contracts between the application and the plugin.</summary>
    public ForwardedCalls Calls { get; }

    /// <summary>What the process may use; null for what it may without.</summary>
    private WorkerLimits? Limits { get; init; }

    /// <summary>The plugin's id, or its file's name until that is known.</summary>
    public string PluginName => _requests.PluginId ?? _name;

    /// <summary>Makes a request that the plugin answers.</summary>
    /// <param name="call">What it is called in messages.</param>
    /// <param name="operation">What is asked for.</param>
    /// <param name="payload">What belongs to it.</param>
    /// <param name="read">Reads what follows the plugin's error in the answer.</param>
    /// <param name="sent">Called with the request's number when it has been sent.</param>
    public CallResult Call(string call, Operation operation, PayloadWriter payload, ReadAnswer? read = null, Action<uint>? sent = null)
    {
        if (payload.Written.Length > ChannelFrame.MaxLength)
        {
            return new CallResult(np.NP_E_INVALID_ARGUMENT, new PluginRemoteError(
                np.NP_E_INVALID_ARGUMENT, "", InvariantText.Of($"The arguments take {payload.Written.Length} bytes, and {ChannelFrame.MaxLength} are the most that reach an isolated plugin."), ""));
        }

        Status.CountCall();
        if (_channel.TryCall(operation, payload, out Reply? reply, sent))
        {
            try
            {
                PayloadReader reader = reply.Read();
                PluginRemoteError? error = reader.Error();
                if (reply.Status == np.NP_OK)
                {
                    read?.Invoke(ref reader);
                    reader.End();
                }

                return new CallResult(reply.Status, error);
            }
            catch (ChannelException e)
            {
                Break(e);
            }
        }

        return new CallResult(np.NP_E_FAULT, null, Lost(call));
    }

    /// <summary>Asks that a request be ended early.</summary>
    public void Cancel(uint serial) => _channel.Cancel(serial);

    /// <summary>Has something done when it has ended unasked, at once if it has already.</summary>
    public void WhenFailed(Action<PluginException> work)
    {
        lock (_hasEnded)
        {
            if (_failure is null)
            {
                _whenFailed += work;
                return;
            }
        }

        if (!_isEndWanted)
        {
            work(_failure);
        }
    }

    /// <summary>Lets the process end, now that its plugin is closed, and sees to it that it does.</summary>
    public void Close(TimeSpan deadline)
    {
        _isEndWanted = true;
        Status.SetState(PluginWorkerState.Ending);
        _process.EndSending();
        if (!_hasEnded.Task.Wait(deadline))
        {
            End("it did not end in time");
            _hasEnded.Task.Wait();
            IsolationLog.EndedLate(_logger, PluginName, _process.Id, deadline.TotalSeconds);
        }
        else if (!_isEndTold && _end is { KilledFor: null, Exit: not { Status: 0 } } end)
        {
            IsolationLog.EndedBadly(_logger, PluginName, _process.Id, end.Describe());
        }
    }

    /// <summary>Ends the process because that is wanted: there is no plugin in it, or it was given up. Does nothing if it has ended.</summary>
    public void End(string reason)
    {
        _isEndWanted = true;
        Kill(reason);
    }

    /// <summary>The same, and waits for it.</summary>
    public void EndAndWait(string reason)
    {
        End(reason);
        _hasEnded.Task.Wait();
    }

    private void Kill(string reason)
    {
        _killedFor ??= reason;
        _process.Kill();
    }

    /// <summary>Ends the process because it breaks the rules.</summary>
    private void Break(ChannelException violation) => Kill($"it broke the rules of its channel with {violation.Message}");

    // The channel is closed a moment before it is known why.
    private PluginException Lost(string call)
    {
        _hasEnded.Task.Wait();
        return PluginTelemetry.Faulted(PluginName, _end!.ToException(PluginName, call));
    }

    private int NoteLost(string call)
    {
        LostCall.Note(Lost(call));
        return np.NP_E_FAULT;
    }

    private Answer Serve(IncomingCall call)
    {
        try
        {
            return _requests.Serve(call);
        }
        catch (ChannelException e)
        {
            Break(e);
            throw;
        }
    }

    private void Receive()
    {
        try
        {
            _channel.ReceiveAll();
        }
        catch (ChannelException e)
        {
            Break(e);
        }

        FindEnd();
    }

    /// <summary>Finds out how the process has ended, after its channel has. If it has not ended with that, it is ended.</summary>
    private void FindEnd()
    {
        WorkerExit? exit = _process.WaitForEnd(s_lastMoment);
        if (exit is null)
        {
            Kill("it closed its channel");
            exit = _process.WaitForEnd(Timeout.InfiniteTimeSpan);
        }

        Status.Dispose();
        bool isRead = _errors.WaitForEnd(s_errorLimit);
        _end = new WorkerEnd(_process.Id, exit!.Value, _errors.ToString(), _killedFor, Limits);
        Action<PluginException>? whenFailed;
        lock (_hasEnded)
        {
            _failure = _end.ToException(PluginName, null);
            whenFailed = _whenFailed;
        }

        if (!_isEndWanted && _requests.PluginId is string id)
        {
            IsolationLog.Ended(_logger, id, _process.Id, _end.Describe());
            _isEndTold = true;
        }

        _hasEnded.SetResult();
        _channel.Deadline?.Dispose();
        Calls.Lose();
        if (!_isEndWanted)
        {
            whenFailed?.Invoke(_failure);
        }

        if (isRead)
        {
            _process.Dispose();
        }
    }
}
