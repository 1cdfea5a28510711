using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Data that has grown twice.</summary>
/// <param name="Name">There from the beginning.</param>
/// <param name="Level">Appended to the constructor, with a default.</param>
[PluginData]
public sealed partial record Growing(string Name, [property: ContractMinor(1)] int Level = 7)
{
    /// <summary>Appended as a property, with a default.</summary>
    [ContractMinor(2)]
    public string Note { get; init; } = "none";

    /// <summary>Appended at the same time.</summary>
    [ContractMinor(2)]
    public bool IsOn { get; init; }
}
