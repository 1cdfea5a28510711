using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>A service of a plugin in a worker.</summary>
/// <param name="worker">The worker.</param>
/// <param name="requests">Serves what the worker asks for.</param>
/// <param name="plugin">The plugin.</param>
/// <param name="id">The service's id.</param>
/// <param name="opened">What the worker says about it.</param>
internal sealed class IsolatedService(Worker worker, HostRequests requests, PluginDescription plugin, string id, OpenedTable opened) : OpenedService
{
    private const int MaxSchema = 64;

    private readonly Lock _lock = new();
    private readonly ForwardingTable _table = ForwardingTable.Rent();
    private int _minor = -1;

    public override uint Size => opened.Size;

    public override bool IsCommand => opened.IsCommand;

    public override bool IsState => opened.IsState;

    /// <summary>The table whose functions forward the calls. It leads nowhere until <see cref="Check"/> has found that the contract fits.</summary>
    public nint Table => _table.Native;

    /// <exception cref="PluginException">Something in the contract does not cross, or the worker is gone.</exception>
    public override ContractMismatch? Check(ContractDescriptor contract, out int minor)
    {
        try
        {
            _ = SignatureReader.Read(contract.Signature, contract.Minor);
            ContractMismatch? mismatch = null;
            uint number = 0;
            int found = 0;
            CallResult result = worker.Call(
                $"get_service({id})", Operation.OpenContract, new PayloadWriter().UInt32(opened.Handle).Text(contract.Signature), (ref PayloadReader reader) =>
                {
                    if (reader.Flag())
                    {
                        mismatch = new ContractMismatch(reader.Text(), reader.Text(), reader.Text());
                        return;
                    }

                    number = reader.UInt32();
                    found = reader.Int32();
                    if (found < 0 || found > contract.Minor)
                    {
                        throw new ChannelException($"minor version {found} of a contract that ends with {contract.Minor}");
                    }
                });
            if (result.Failure is { } failure)
            {
                throw failure;
            }

            if (result.Status != np.NP_OK)
            {
                throw CallFailures.FromCall(plugin, $"get_service({id})", result);
            }

            minor = found;
            if (mismatch is null)
            {
                Open(contract, minor, number);
            }

            return mismatch;
        }
        catch (SignatureException e)
        {
            throw WorkerFailures.DoesNotCross(plugin.Id, contract.ServiceId, e);
        }
    }

    /// <summary>Ends the table. Only when no call is inside.</summary>
    public void Close() => _table.Return();

    // Several interfaces may be one contract in several versions. The table has all functions of the latest.
    private void Open(ContractDescriptor contract, int minor, uint number)
    {
        lock (_lock)
        {
            if (minor > _minor)
            {
                _table.Lead(contract, SignatureReader.Read(contract.Signature, minor), worker.Calls, number);
                _minor = minor;
            }
        }
    }

    public override CallResult Run(IReadOnlyList<string> arguments, string? traceParent, CommandCall command, out int exitStatus)
    {
        uint number = requests.Add(command);
        CancellationTokenRegistration registration = default;
        int status = 0;
        try
        {
            PayloadWriter payload = new PayloadWriter().UInt32(opened.Handle).UInt32(number).Text(traceParent).Int32(arguments.Count);
            foreach (string argument in arguments)
            {
                payload.Text(argument);
            }

            return worker.Call(
                id, Operation.RunCommand, payload, (ref PayloadReader reader) => status = reader.Int32(),
                serial => registration = command.CancellationToken.UnsafeRegister(_ => worker.Cancel(serial), null));
        }
        finally
        {
            registration.Dispose();
            requests.Forget(number);
            exitStatus = status;
        }
    }

    public override CallResult Save(StateBuffer buffer, out SavedState? state)
    {
        uint number = requests.Add(buffer);
        try
        {
            byte[] schema = [];
            uint version = 0;
            CallResult result = worker.Call(
                "save", Operation.SaveState, new PayloadWriter().UInt32(opened.Handle).UInt32(number), (ref PayloadReader reader) =>
                {
                    schema = reader.Data().ToArray();
                    version = reader.UInt32();
                    if (schema.Length > MaxSchema)
                    {
                        throw new ChannelException($"a schema of {schema.Length} bytes");
                    }
                });
            state = result is { Failure: null, Status: np.NP_OK } && !buffer.IsOverLimit ? buffer.Complete(schema, version) : null;
            return result;
        }
        finally
        {
            requests.Forget(number);
        }
    }

    public override CallResult Load(SavedState state)
    {
        uint number = requests.Add(state);
        try
        {
            return worker.Call(
                "load", Operation.LoadState,
                new PayloadWriter().UInt32(opened.Handle).UInt32(number).Data(state.Schema).UInt32(state.Version).Int32(state.Data.Length).UInt32(state.Checksum));
        }
        finally
        {
            requests.Forget(number);
        }
    }
}

/// <summary>What a worker says about the table of a service.</summary>
/// <param name="Handle">The number by which the worker knows it.</param>
/// <param name="Size">The size that the plugin states, in bytes.</param>
/// <param name="IsCommand">Whether it has all that np.command/1 must have.</param>
/// <param name="IsState">Whether it has all that np.state/1 must have.</param>
internal readonly record struct OpenedTable(uint Handle, uint Size, bool IsCommand, bool IsState);
