using System.ComponentModel;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts;

/// <summary>
/// What the generator adds to an interface with <see cref="PluginContractAttribute"/>. Who implements the interface has
/// nothing to do for it.
/// </summary>
/// <typeparam name="TSelf">The interface itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPluginContract<TSelf>
    where TSelf : class, IPluginContract<TSelf>
{
    /// <summary>The contract as it was compiled.</summary>
    static abstract ContractDescriptor Descriptor { get; }

    /// <summary>Makes an object that passes its calls on to a table.</summary>
    /// <param name="link">The way to the table.</param>
    /// <param name="turns">Who may call, for a serialized contract; else null.</param>
    /// <param name="minor">The minor version that both sides have. Later members run their default bodies.</param>
    static abstract TSelf CreateProxy<TLink, TLease>(TLink link, ContractTurns? turns, int minor)
        where TLink : struct, IContractLink<TLease>
        where TLease : struct, IContractLease, allows ref struct;

    /// <summary>Makes a table in native memory whose functions call the target of an export.</summary>
    /// <param name="context">The export's handle.</param>
    static abstract nint CreateTable(nint context);
}
