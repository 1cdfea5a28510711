using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>A service of a plugin in a worker.</summary>
/// <param name="worker">The worker.</param>
/// <param name="requests">Serves what the worker asks for.</param>
/// <param name="pluginId">The plugin's id.</param>
/// <param name="id">The service's id.</param>
/// <param name="opened">What the worker says about it.</param>
internal sealed class IsolatedService(Worker worker, HostRequests requests, string pluginId, string id, OpenedTable opened) : OpenedService
{
    private const int MaxSchema = 64;

    public override uint Size => opened.Size;

    public override bool IsCommand => opened.IsCommand;

    public override bool IsState => opened.IsState;

    public override ContractMismatch? Check(ContractDescriptor contract, out int minor) =>
        throw WorkerFailures.InProcessOnly(pluginId, $"the contract {contract.ServiceId}");

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
