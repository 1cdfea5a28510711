using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// What crosses in a method and not as a property, and what to use instead: a property is a value that each read and write copies, while
/// these end with the call, or begin one.
/// </summary>
internal static class PropertyTypes
{
    /// <returns>In which position it cannot cross, and what to use instead; null when the rules of a method decide.</returns>
    public static (string Where, string Instead)? Refuse(IPropertySymbol property)
    {
        string name = property.Name;
        return property.Type switch
        {
            var type when TypeReader.IsAsync(type) => ("as a property", $"a method such as Get{name}Async(): each read would be a call"),
            { TypeKind: TypeKind.Interface } type when ContractAttribute.Of(type) is not null => property.SetMethod is null
                ? ("as a property", $"a method such as Get{name}(): each call hands an object over, which its caller keeps")
                : Method(name, $"{type.ToDisplayString()} value"),
            var type when StreamReader.IsStream(type) => ("as a property", $"a method such as Get{name}(): each call begins a stream"),
            var type when StreamReader.IsOfBytes(type) => property.SetMethod is null
                ? ("as a property", $"a method such as Get{name}(): each call hands a stream over, which its caller keeps")
                : Method(name, "Stream value"),
            { TypeKind: TypeKind.Delegate } type => property.SetMethod is null
                ? ("as a property", $"an interface with [PluginContract] that has one method, from a method such as Get{name}()")
                : ("as a property", $"a method such as Set{name}({type.ToDisplayString()} value), which calls it before it returns, or an event"),
            { Name: "CancellationToken" } type => Method(name, $"{type.ToDisplayString()} cancellationToken"),
            { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } type => property.SetMethod is null
                ? ("as a property", "an array, which the caller owns")
                : Method(name, $"{type.ToDisplayString()} value"),
            _ => null,
        };
    }

    private static (string Where, string Instead) Method(string name, string parameter) =>
        ("as a property", $"a method such as Set{name}({parameter}): it is there until the call returns");
}
