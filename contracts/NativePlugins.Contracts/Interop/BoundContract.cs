using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>A proxy, and what it was made with. For the host's library and generated code.</summary>
/// <typeparam name="T">The contract.</typeparam>
/// <param name="proxy">The object through which calls go.</param>
/// <param name="side">Makes exceptions of what the other side reports.</param>
/// <param name="turns">Who may call, for a serialized contract; else null.</param>
/// <param name="minor">The minor version that both sides have.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoundContract<T>(T proxy, ContractSide side, ContractTurns? turns, int minor)
    where T : class, IPluginContract<T>
{
    /// <summary>The object through which calls go.</summary>
    public T Proxy => proxy;

    /// <summary>Makes exceptions of what the other side reports.</summary>
    public ContractSide Side => side;

    /// <summary>Who may call, for a serialized contract; else null.</summary>
    public ContractTurns? Turns => turns;

    /// <summary>The minor version that both sides have. Later members run their default bodies.</summary>
    public int Minor => minor;
}
