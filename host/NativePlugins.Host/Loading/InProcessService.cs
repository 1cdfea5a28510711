using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>A service in this process: a table of functions in the plugin's memory.</summary>
/// <param name="table">The table's address, which is not 0.</param>
/// <param name="name">The plugin's name for <see cref="LastWords"/>.</param>
internal sealed class InProcessService(nint table, nint name) : OpenedService
{
    public nint Table => table;

    public override uint Size => NativeInstance.SizeOf(table);

    public override bool IsCommand => NativeInstance.IsCommand(table);

    public override bool IsState => NativeState.IsState(table);

    public override ContractMismatch? Check(ContractDescriptor contract, out int minor) => ContractTable.Check(table, contract, out minor);

    public override CallResult Run(IReadOnlyList<string> arguments, string? traceParent, CommandCall command, out int exitStatus)
    {
        CallFrame frame = CallFrame.Rent(command);
        PluginRemoteError? error = null;
        int status;
        using LastWords.Call current = LastWords.Enter(name, "np.command/1"u8);
        try
        {
            status = NativeInstance.Run(table, arguments, traceParent, frame, out exitStatus);
        }
        finally
        {
            error = frame.Return();
        }

        return new CallResult(status, error);
    }

    public override CallResult Save(StateBuffer buffer, out SavedState? state)
    {
        CallFrame frame = CallFrame.Rent(new CommandCall(buffer.Write, buffer.Write, CancellationToken.None));
        using LastWords.Call current = LastWords.Enter(name, "np.state/1 (save)"u8);
        int status = NativeState.Save(table, frame);
        PluginRemoteError? error = frame.Return();
        state = status == np.NP_OK && !buffer.IsOverLimit ? buffer.Complete(NativeState.SchemaOf(table), NativeState.VersionOf(table)) : null;
        return new CallResult(status, error);
    }

    public override CallResult Load(SavedState state)
    {
        CallFrame frame = CallFrame.Rent();
        using LastWords.Call current = LastWords.Enter(name, "np.state/1 (load)"u8);
        int status = NativeState.Load(table, state, frame);
        return new CallResult(status, frame.Return());
    }
}
