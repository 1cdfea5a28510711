using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>A loaded plugin: one instance of what a library offers.</summary>
/// <remarks>All members may be used from any thread, several at once.</remarks>
public sealed class Plugin : IDisposable, IAsyncDisposable
{
    private const string CommandId = "np.command/1";

    private readonly object _lifecycle = new();
    private readonly CallGate _gate = new();
    private readonly LoadedParts _parts;
    private readonly PluginHostOptions _options;
    private readonly ILogger _logger;
    private readonly Action<Plugin> _forget;
    private volatile PluginState _state = PluginState.Created;
    private nint _command;

    internal Plugin(LoadedParts parts, PluginHostOptions options, ILogger logger, Action<Plugin> forget)
    {
        _parts = parts;
        _options = options;
        _logger = logger;
        _forget = forget;
    }

    /// <summary>What the library says of itself.</summary>
    public PluginDescription Description => _parts.Description;

    /// <summary>The library's absolute path, links resolved.</summary>
    public string LibraryPath => _parts.Image.Path;

    /// <summary>The manifest beside the library, or null if there is none.</summary>
    public PluginManifest? Manifest => _parts.Manifest;

    /// <summary>Where the plugin is in its life, at this moment.</summary>
    public PluginState State => _state;

    /// <summary>How long each step took.</summary>
    public PluginTimings Timings => _parts.Timings;

    /// <summary>Starts the plugin; nothing happens if it is started.</summary>
    /// <exception cref="PluginStartFailedException">Its start returned an error; it is still created.</exception>
    /// <exception cref="PluginException">Its configuration is wrong, it faulted, or it did not answer in time.</exception>
    public void Start()
    {
        lock (_lifecycle)
        {
            if (_state == PluginState.Started)
            {
                return;
            }

            Require(PluginState.Created);
            (int status, PluginRemoteError? error) = CallLifecycle("start", _parts.Instance.Start);
            if (status != np.NP_OK)
            {
                throw PluginFailures.FromStart(this, status, error);
            }

            _state = PluginState.Started;
            _gate.Open();
        }
    }

    /// <summary>
    /// Lets no further call in, waits for those in flight, and stops the plugin; nothing happens if it is not started.
    /// </summary>
    /// <exception cref="PluginBusyException">
    /// Calls were still in flight at the drain deadline, or this is called from within one. The plugin goes on.
    /// </exception>
    /// <exception cref="PluginDeadlineException">Its stop did not return in time; the plugin is in quarantine.</exception>
    public void Stop()
    {
        if (_gate.IsHeldByCurrentThread)
        {
            throw PluginFailures.StoppedFromWithin(this);
        }

        lock (_lifecycle)
        {
            if (_state == PluginState.Created)
            {
                return;
            }

            Require(PluginState.Started);
            if (!TryStop())
            {
                _gate.Open();
                throw PluginFailures.StillBusy(this, _options.DrainDeadline);
            }
        }
    }

    /// <summary>Runs the plugin's command (<c>np.command/1</c>) on the calling thread.</summary>
    /// <param name="arguments">The plugin's arguments, without its own name.</param>
    /// <param name="output">Takes what the command writes to standard output.</param>
    /// <param name="errorOutput">Takes what it writes to standard error.</param>
    /// <param name="cancellationToken">Asks the command to end; whether and when it does is the command's.</param>
    /// <returns>The command's exit status. 0 is success; any other number is the plugin's own.</returns>
    /// <exception cref="PluginServiceMissingException">The plugin has no command.</exception>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    /// <exception cref="PluginFaultException">The command did not run to its end.</exception>
    /// <exception cref="OperationCanceledException">The command ended because it was asked to.</exception>
    public int RunCommand(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        var outputText = new Utf8TextWriter(output);
        var errorText = new Utf8TextWriter(errorOutput);
        int status = RunCommand(arguments, outputText.Write, errorText.Write, cancellationToken);
        outputText.Flush();
        errorText.Flush();
        return status;
    }

    /// <summary>Runs the plugin's command and passes its UTF-8 text on as it is.</summary>
    /// <inheritdoc cref="RunCommand(IReadOnlyList{string}, TextWriter, TextWriter, CancellationToken)"/>
    public int RunCommand(
        IReadOnlyList<string> arguments, Stream output, Stream errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        return RunCommand(arguments, output.Write, errorOutput.Write, cancellationToken);
    }

    /// <summary>Finds a service of the plugin's by its id, <c>namespace.name/major</c>.</summary>
    /// <returns>False when the plugin does not have it.</returns>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public bool TryGetService(string id, [NotNullWhen(true)] out PluginService? service)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        nint table;
        if (_gate.TryEnter(out CallLease call))
        {
            using (call)
            {
                table = FindService(id);
            }
        }
        else
        {
            lock (_lifecycle)
            {
                Require(PluginState.Created, PluginState.Started);
                table = FindService(id);
            }
        }

        service = table == 0 ? null : new PluginService(this, _gate, id, table);
        return service is not null;
    }

    /// <summary>Finds a service of the plugin's by its id.</summary>
    /// <exception cref="PluginServiceMissingException">The plugin does not have it.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public PluginService GetService(string id) =>
        TryGetService(id, out PluginService? service) ? service : throw PluginFailures.ServiceMissing(this, id);

    /// <summary>
    /// Stops the plugin if it is started, and frees it. Waits for calls in flight up to the drain deadline; after that
    /// the plugin is left in quarantine. May be called again; never throws. Called from within a call into the plugin,
    /// it leaves the plugin in quarantine too.
    /// </summary>
    public void Dispose()
    {
        lock (_lifecycle)
        {
            if (_state is PluginState.Disposed or PluginState.Quarantined)
            {
                _forget(this);
                return;
            }

            try
            {
                if (_state == PluginState.Started && (_gate.IsHeldByCurrentThread || !TryStop()))
                {
                    Quarantine();
                    Log.Quarantined(_logger, Description.Id);
                }
                else
                {
                    Destroy();
                }
            }
            catch (PluginException e)
            {
                Log.DisposeFailed(_logger, Description.Id, e);
            }

            _forget(this);
        }
    }

    /// <summary>The same as <see cref="Dispose"/>, without blocking the caller.</summary>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private int RunCommand(
        IReadOnlyList<string> arguments, Utf8Writer output, Utf8Writer errorOutput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using CallLease call = EnterCall();
        cancellationToken.ThrowIfCancellationRequested();
        nint table = CommandTable();
        using PluginTelemetry.CommandScope scope = PluginTelemetry.BeginCommand(Description);
        long start = Stopwatch.GetTimestamp();
        var command = new CommandCall(output, errorOutput, cancellationToken);
        string? traceParent = _parts.Services.Callers.Join();
        CallFrame frame = CallFrame.Rent(command);
        int status, exitStatus;
        PluginRemoteError? error;
        try
        {
            status = NativeInstance.Run(table, arguments, traceParent, frame, out exitStatus);
        }
        finally
        {
            error = frame.Return();
            _parts.Services.Callers.Leave(traceParent);
        }

        Timings.LastCall = Stopwatch.GetElapsedTime(start);
        if (status == np.NP_OK)
        {
            scope.Returned(exitStatus);
            return exitStatus;
        }

        command.WriterFailure?.Throw();
        throw status == np.NP_E_CANCELLED && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : PluginFailures.FromCall(this, CommandId, status, error);
    }

    private nint CommandTable()
    {
        if (_command == 0)
        {
            nint table = FindService(CommandId);
            if (table == 0)
            {
                throw PluginFailures.ServiceMissing(this, CommandId);
            }

            if (!NativeInstance.IsCommand(table))
            {
                throw PluginFailures.ServiceMalformed(this, CommandId, NativeInstance.SizeOf(table), np_command.FrozenMinimum);
            }

            _command = table;
        }

        return _command;
    }

    /// <summary>The service's table, or 0 if the plugin has none.</summary>
    private nint FindService(string id)
    {
        int status = _parts.Instance.GetService(id, out nint table);
        return status is np.NP_OK or np.NP_E_NOT_FOUND or np.NP_E_UNSUPPORTED
            ? table
            : throw PluginFailures.FromCall(this, $"get_service({id})", status, null);
    }

    /// <summary>Begins a call on this thread.</summary>
    private CallLease EnterCall() =>
        _gate.TryEnter(out CallLease call) ? call : throw PluginFailures.NotStarted(this);

    /// <summary>Closes the gate, drains and stops. False if calls were still in flight at the deadline.</summary>
    private bool TryStop()
    {
        long start = Stopwatch.GetTimestamp();
        _gate.Close();
        if (!_gate.WaitUntilEmpty(_options.DrainDeadline))
        {
            return false;
        }

        (int status, PluginRemoteError? error) = CallLifecycle("stop", _parts.Instance.Stop);
        _state = PluginState.Created;
        Timings.Stop = Stopwatch.GetElapsedTime(start);
        if (status != np.NP_OK)
        {
            Log.StopReported(_logger, Description.Id, (error ?? new PluginRemoteError(status, "", "", "")).Describe());
        }

        return true;
    }

    private void Destroy()
    {
        (int status, _) = CallLifecycle("destroy", _ => _parts.Instance.Destroy());
        _state = PluginState.Disposed;
        if (status != np.NP_OK)
        {
            Log.DestroyReported(_logger, Description.Id, StatusNames.Describe(status));
        }

        _gate.Dispose();
        _parts.Release();
    }

    /// <summary>Makes one lifecycle call under the deadline; past it, the plugin is in quarantine.</summary>
    private (int Status, PluginRemoteError? Error) CallLifecycle(string step, Func<CallFrame, int> call)
    {
        CallFrame frame = CallFrame.Rent();
        int status = 0;
        bool isInTime = LifecycleThread.TryRun(
            () => status = call(frame),
            _options.LifecycleDeadline,
            () => Log.AnsweredLate(_logger, Description.Id, step));
        if (isInTime)
        {
            return (status, frame.Return());
        }

        Quarantine();
        throw PluginFailures.DeadlinePassed(LibraryPath, Description.Id, step, _options.LifecycleDeadline);
    }

    private void Quarantine()
    {
        _gate.Close();
        _parts.Image.Pin();
        _state = PluginState.Quarantined;
    }

    private void Require(params PluginState[] states)
    {
        if (Array.IndexOf(states, _state) < 0)
        {
            throw PluginFailures.WrongState(this, states);
        }
    }
}
