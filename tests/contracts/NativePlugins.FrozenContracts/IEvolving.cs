using NativePlugins.Contracts;

namespace NativePlugins.FrozenContracts;

/// <summary>The contract as it shipped with version 1.0.</summary>
[PluginContract("test.evolving")]
public partial interface IEvolving
{
    /// <summary>Adds.</summary>
    int Add(int a, int b);

    /// <summary>What it is called.</summary>
    string GetName();
}
