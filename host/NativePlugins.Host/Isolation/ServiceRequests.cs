using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>What a worker does with the services of its plugin. Thread-safe.</summary>
/// <param name="channel">The way to the application.</param>
/// <param name="calls">Serves the calls of contracts.</param>
internal sealed class ServiceRequests(Channel channel, ForwardedCalls calls)
{
    private readonly Lock _lock = new();
    private readonly List<OpenedService> _services = [];

    public Answer Open(PluginInstance instance, string id)
    {
        CallResult result = instance.OpenService(id, out OpenedService? service);
        PayloadWriter payload = new PayloadWriter().Error(result.Error);
        if (service is null)
        {
            return new Answer(result.Status == np.NP_OK ? np.NP_E_NOT_FOUND : result.Status, payload);
        }

        int handle;
        lock (_lock)
        {
            handle = _services.Count;
            _services.Add(service);
        }

        return new Answer(np.NP_OK, payload.Int32(handle).UInt32(service.Size).Flag(service.IsCommand).Flag(service.IsState));
    }

    /// <summary>Compares a service with the contract that the application knows, and lets the application call it.</summary>
    public Answer OpenContract(PayloadReader reader)
    {
        OpenedService service = Service(reader.UInt32());
        string signature = reader.Text();
        reader.End();
        PayloadWriter payload = new PayloadWriter().Error(null);
        try
        {
            ContractText contract = ContractText.Of(signature);
            if (service.Check(contract.Descriptor, out int minor) is ContractMismatch mismatch)
            {
                return new Answer(np.NP_OK, payload.Flag(true).Text(mismatch.Member).Text(mismatch.Expected).Text(mismatch.Found));
            }

            uint number = calls.Expose(new NativeTable(((InProcessService)service).Table, SignatureReader.Read(signature, minor)));
            return new Answer(np.NP_OK, payload.Flag(false).UInt32(number).Int32(minor));
        }
        catch (SignatureException e)
        {
            throw new ChannelException($"a contract whose signature {e.Found}");
        }
    }

    private OpenedService Service(uint handle)
    {
        lock (_lock)
        {
            return handle < (uint)_services.Count ? _services[(int)handle] : throw new ChannelException($"the unknown service {handle}");
        }
    }

    public Answer RunCommand(IncomingCall call)
    {
        PayloadReader reader = call.Read();
        OpenedService service = Service(reader.UInt32());
        uint number = reader.UInt32();
        string? traceParent = reader.OptionalText();
        string[] arguments = new string[reader.Count()];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.Text();
        }

        reader.End();
        var command = new CommandCall(piece => Write(number, piece, isError: false), piece => Write(number, piece, isError: true), call.CancellationToken);
        CallResult result = service.Run(arguments, traceParent, command, out int exitStatus);
        return new Answer(result.Status, new PayloadWriter().Error(result.Error).Int32(exitStatus));
    }

    /// <exception cref="IOException">The application does not take it.</exception>
    private void Write(uint command, ReadOnlySpan<byte> bytes, bool isError)
    {
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, WorkerServer.MaxPiece)];
            if (!channel.TryCall(Operation.WriteOutput, new PayloadWriter().UInt32(command).Flag(isError).Data(piece), out Reply? reply) || reply.Status != np.NP_OK)
            {
                throw new IOException();
            }

            bytes = bytes[piece.Length..];
        }
    }

    public Answer SaveState(PayloadReader reader)
    {
        OpenedService service = Service(reader.UInt32());
        uint number = reader.UInt32();
        reader.End();
        var buffer = new ForwardedState(channel, number);
        CallResult result = service.Save(buffer, out SavedState? state);
        return new Answer(
            result.Status, new PayloadWriter().Error(result.Error).Data(state?.Schema ?? []).UInt32(state?.Version ?? 0));
    }

    public Answer LoadState(PayloadReader reader)
    {
        OpenedService service = Service(reader.UInt32());
        uint number = reader.UInt32();
        byte[] schema = reader.Data().ToArray();
        uint version = reader.UInt32();
        int size = reader.Int32();
        uint checksum = reader.UInt32();
        reader.End();
        if (size < 0)
        {
            throw new ChannelException($"a state of {size} bytes");
        }

        byte[] data = new byte[size];
        for (int offset = 0; offset < size;)
        {
            if (!channel.TryCall(Operation.ReadState, new PayloadWriter().UInt32(number).Int64(offset), out Reply? reply) || reply.Status != np.NP_OK)
            {
                return new Answer(np.NP_E_IO, new PayloadWriter().Error(null));
            }

            ReadOnlySpan<byte> piece = reply.Read().Data();
            if (piece.IsEmpty || piece.Length > size - offset)
            {
                throw new ChannelException($"{piece.Length} bytes of a state that has {size - offset} left");
            }

            piece.CopyTo(data.AsSpan(offset));
            offset += piece.Length;
        }

        return WorkerServer.Answered(service.Load(new SavedState(schema, version, data, checksum)));
    }
}
