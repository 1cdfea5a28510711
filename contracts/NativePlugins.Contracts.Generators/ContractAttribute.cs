using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>[PluginContract], which makes an interface a contract. The SDK's generator is compiled with this file too.</summary>
internal static class ContractAttribute
{
    public const string Name = "NativePlugins.Contracts.PluginContractAttribute";

    public static AttributeData? Of(ISymbol symbol) => symbol.FindAttribute(Name);

    /// <summary>Id and major version of the contract.</summary>
    public static (string Id, int Major) IdOf(AttributeData attribute) =>
        (attribute.FirstArgument() as string ?? "", attribute.NamedArgument("Major") is int major ? major : 1);

    /// <summary>Whether one call waits for another.</summary>
    public static bool IsSerialized(AttributeData attribute) => attribute.NamedArgument("Threading") is int and 1;
}
