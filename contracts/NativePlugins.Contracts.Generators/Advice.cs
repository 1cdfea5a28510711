using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>What to use instead of a type that cannot cross.</summary>
internal static class Advice
{
    private const string AnyOf = "a number, bool, an enum, a struct of numbers, string, ReadOnlySpan<T> or Span<T>";

    public static string ForParameter(ITypeSymbol type, bool isAsync) => type switch
    {
        IArrayTypeSymbol { ElementType: var item } => isAsync
            ? $"ReadOnlyMemory<{item.ToDisplayString()}>, or Memory<{item.ToDisplayString()}> to have it written to"
            : $"ReadOnlySpan<{item.ToDisplayString()}>, or Span<{item.ToDisplayString()}> to have it written to",
        { TypeKind: TypeKind.Delegate } => "an interface with [PluginContract] that has one method",
        { TypeKind: TypeKind.Interface } when type.Name == "IProgress" => "an interface with [PluginContract] that has a method Report",
        { TypeKind: TypeKind.Interface } when !IsCollection(type) => "an interface with [PluginContract]",
        _ when IsCollection(type) => isAsync ? "ReadOnlyMemory<T>" : "ReadOnlySpan<T>",
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => AnyOf,
        _ => ForElement(type),
    };

    public static string ForResult(ITypeSymbol type) => type switch
    {
        { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } => "an array, which the caller owns, or a Span<T> parameter that is written to",
        { TypeKind: TypeKind.Interface } when ContractAttribute.Of(type) is not null => "a parameter that is a contract of the caller's, and call it",
        _ when IsCollection(type) || type is IArrayTypeSymbol => "a one-dimensional array of numbers, enums or structs that is never null",
        { SpecialType: SpecialType.System_String } => "string as the result",
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "a number, bool, an enum, a struct of numbers, string or an array of them",
        _ => ForElement(type),
    };

    public static string ForField(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "byte, with 0 and 1",
        SpecialType.System_IntPtr => "long",
        SpecialType.System_UIntPtr => "ulong",
        SpecialType.System_String => "a string parameter or result of the member",
        _ => type is IArrayTypeSymbol or IPointerTypeSymbol ? "fields of their own, or a span parameter of the member" : ForElement(type),
    };

    public static string ForElement(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Char } => "ushort, or string for text",
        { SpecialType: SpecialType.System_Decimal } => "double, or string for exact digits",
        { SpecialType: SpecialType.System_DateTime } or { Name: "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" } => "long, and say in which unit and from when it counts",
        { SpecialType: SpecialType.System_String } => "a string parameter of its own, or one text with separators",
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "a bool result and an out parameter",
        { Name: "Guid" or "Int128" or "UInt128" } => "a struct of two ulong",
        { Name: "Half" } => "float",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "ReadOnlySpan<T> or Span<T>, or an interface with [PluginContract]",
        { IsTupleType: true } => "a struct with named fields",
        INamedTypeSymbol { IsGenericType: true, TypeKind: TypeKind.Struct } => "a struct that is not generic",
        { TypeKind: TypeKind.Class } => "a struct of numbers, and string parameters",
        _ => AnyOf,
    };

    private static bool IsCollection(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_String
        && (type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
            || type.SpecialType == SpecialType.System_Collections_IEnumerable);
}
