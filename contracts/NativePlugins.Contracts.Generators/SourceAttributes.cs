using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>Attributes as the source has them. The SDK's generator is compiled with this file too.</summary>
internal static class SourceAttributes
{
    public static AttributeData? FindAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);

    /// <summary>The first argument of the constructor; null when there is none.</summary>
    public static object? FirstArgument(this AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault().Value;

    /// <summary>What a property is set to; null when it is not.</summary>
    public static object? NamedArgument(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;
}
