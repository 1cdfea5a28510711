using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>A contract that has grown twice.</summary>
[PluginContract("test.evolving")]
public partial interface IEvolving
{
    /// <summary>Adds.</summary>
    int Add(int a, int b);

    /// <summary>What it is called.</summary>
    string GetName();

    /// <summary>Multiplies.</summary>
    [ContractMinor(1)]
    int Multiply(int a, int b)
    {
        int product = 0;
        for (int i = 0; i < b; i++)
        {
            product = Add(product, a);
        }

        return product;
    }

    /// <summary>How it was made; an older one does not say.</summary>
    [ContractMinor(2)]
    string GetOrigin() => $"{GetName()}, by default";
}
