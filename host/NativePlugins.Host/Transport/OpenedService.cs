using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Transport;

/// <summary>A service of one instance, found by its id. Calls return the plugin's status and throw nothing.</summary>
internal abstract class OpenedService
{
    /// <summary>The size that the plugin states for the service's table, in bytes.</summary>
    public abstract uint Size { get; }

    /// <summary>Whether the table has all that np.command/1 must have.</summary>
    public abstract bool IsCommand { get; }

    /// <summary>Whether the table has all that np.state/1 must have.</summary>
    public abstract bool IsState { get; }

    /// <summary>Why the service cannot be called by a contract; null if it can.</summary>
    /// <param name="contract">The contract as the application knows it.</param>
    /// <param name="minor">The minor version that the plugin has.</param>
    public abstract ContractMismatch? Check(ContractDescriptor contract, out int minor);

    /// <summary>Runs the command. Only if <see cref="IsCommand"/>.</summary>
    public abstract CallResult Run(IReadOnlyList<string> arguments, string? traceParent, CommandCall command, out int exitStatus);

    /// <summary>Saves the state. Only if <see cref="IsState"/>.</summary>
    /// <param name="buffer">Collects the state.</param>
    /// <param name="state">The whole state; null if the status is not NP_OK.</param>
    public abstract CallResult Save(StateBuffer buffer, out SavedState? state);

    /// <summary>Hands a state to the plugin. Only if <see cref="IsState"/>.</summary>
    public abstract CallResult Load(SavedState state);
}
