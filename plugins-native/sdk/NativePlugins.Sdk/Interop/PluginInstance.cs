using System.Text;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>One instance of the plugin, in the states of the header's diagram.</summary>
internal sealed class PluginInstance(object plugin, ContractExport[] contracts, HostTable host)
{
    private volatile State _state = State.Created;

    private enum State
    {
        Created,
        Starting,
        Started,
        Stopping,
    }

    /// <summary>The plugin's own object.</summary>
    public object Plugin => plugin;

    /// <summary>The address of its <see cref="InstanceTable"/>.</summary>
    public nint Tables { get; set; }

    public ICommand? Command { get; } = plugin as ICommand;

    public IStateful? Stateful { get; } = plugin as IStateful;

    public INativeServices? Services { get; } = plugin as INativeServices;

    public bool IsStarted => _state == State.Started;

    public bool IsCreated => _state == State.Created;

    /// <summary>The table of a contract that the plugin's class implements; 0 if there is none of that id.</summary>
    public nint FindContract(ReadOnlySpan<byte> id)
    {
        foreach (ContractExport contract in contracts)
        {
            if (id.SequenceEqual(Encoding.UTF8.GetBytes(contract.ServiceId)))
            {
                return contract.Table;
            }
        }

        return 0;
    }

    /// <summary>The state in the header's words.</summary>
    public string StateName => _state switch
    {
        State.Created => "created",
        State.Starting => "being started",
        State.Started => "started",
        _ => "being stopped",
    };

    public void Start()
    {
        _state = State.Starting;
        State next = State.Created;
        try
        {
            (plugin as IStartable)?.Start();
            next = State.Started;
        }
        finally
        {
            _state = next;
        }
    }

    public void Stop()
    {
        _state = State.Stopping;
        try
        {
            (plugin as IStartable)?.Stop();
        }
        finally
        {
            _state = State.Created;
        }
    }

    /// <summary>Disposes the plugin and lets go of the host. An exception is logged, as destroy has no error sink.</summary>
    public int Destroy()
    {
        try
        {
            (plugin as IDisposable)?.Dispose();
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            LogService.Write(host, PluginLogLevel.Error, "", "Dispose threw an exception.", exception, eventId: 0);
            return np.NP_E_FAULT;
        }
        finally
        {
            foreach (ContractExport contract in contracts)
            {
                contract.Dispose();
            }

            host.EndObjects();
            UnhandledExceptions.Forget(host);
            host.Detach();
        }
    }
}
