using NativePlugins.Contracts;

namespace NativePlugins.FrozenContracts;

/// <summary>The contract as somebody changed it who should not have: a result became wider.</summary>
[PluginContract("test.evolving")]
public partial interface IChanged
{
    /// <summary>Adds.</summary>
    int Add(int a, int b);

    /// <summary>What it is called.</summary>
    long GetName();
}
