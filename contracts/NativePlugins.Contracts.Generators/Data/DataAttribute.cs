using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>[PluginData], which makes a type data of contracts.</summary>
internal static class DataAttribute
{
    public const string Name = "NativePlugins.Contracts.PluginDataAttribute";

    public static bool Is(ITypeSymbol type) => type.FindAttribute(Name) is not null;
}
