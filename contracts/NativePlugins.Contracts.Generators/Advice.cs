using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>What to use instead of a type that cannot cross.</summary>
internal static class Advice
{
    private const string AnyOf = "a number, bool, an enum, a struct of numbers, string, a list of them, or a type with [PluginData]";

    public static string ForParameter(ITypeSymbol type, bool isAsync) => type switch
    {
        _ when ForBytes(type) is { } bytes => bytes,
        { TypeKind: TypeKind.Interface } when type.Name == "IProgress" => $"Action{Arguments(type)}, which is called for each report",
        { TypeKind: TypeKind.Interface } when !IsCollection(type) => "an interface with [PluginContract]",
        _ when IsCollection(type) => ForCollection(type) + (IsOfNumbers(type) ? $", or {(isAsync ? "ReadOnlyMemory" : "ReadOnlySpan")}<T>, which is not copied" : ""),
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => AnyOf,
        _ => ForElement(type),
    };

    public static string ForResult(ITypeSymbol type) => type switch
    {
        _ when StreamReader.IsOfBytes(type) => "the result of the member",
        _ when ForBytes(type) is { } bytes => bytes,
        { TypeKind: TypeKind.Delegate } => "an interface with [PluginContract] that has one method: its caller keeps it",
        { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } => "an array, which the caller owns, or a Span<T> parameter that is written to",
        { TypeKind: TypeKind.Interface } when ContractAttribute.Of(type) is not null => "a parameter that is a contract of the caller's, and call it",
        _ when IsCollection(type) || type is IArrayTypeSymbol => ForCollection(type),
        _ => ForElement(type),
    };

    public static string ForField(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "byte, with 0 and 1",
        SpecialType.System_IntPtr => "long",
        SpecialType.System_UIntPtr => "ulong",
        SpecialType.System_String => "a string parameter or result of the member",
        _ when DataShapeReader.IsData(type) || IsCollection(type) => "a number or a struct of numbers, or mark the struct with [PluginData], which may have such members",
        _ => type is IPointerTypeSymbol ? "fields of their own, or a span parameter of the member" : ForElement(type),
    };

    /// <summary>For what is in a span, in an array, in a list, or a member of data.</summary>
    public static string ForElement(ITypeSymbol type) => type switch
    {
        _ when StreamReader.IsOfBytes(type) => "a parameter or result of its own that is the Stream",
        { SpecialType: SpecialType.System_Char } => "ushort, or string for text",
        { SpecialType: SpecialType.System_IntPtr } => "long",
        { SpecialType: SpecialType.System_UIntPtr } => "ulong",
        { IsTupleType: true } when !DataShapeReader.IsData(type) => "a record with [PluginData]",
        _ when DataShapeReader.IsData(type) => $"a list: IReadOnlyList<{type.ToDisplayString()}> as a parameter or result of its own",
        _ when IsCollection(type) => ForCollection(type),
        { TypeKind: TypeKind.Delegate } => "a parameter of its own that is the delegate",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "ReadOnlySpan<T> or Span<T>, or an interface with [PluginContract]",
        INamedTypeSymbol { IsGenericType: true, TypeKind: TypeKind.Struct } => "a struct that is not generic",
        { TypeKind: TypeKind.Interface } when ContractAttribute.Of(type) is not null => "a parameter of its own that is the contract",
        { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: not SpecialType.System_Object } => "a partial record or class with [PluginData]",
        _ => AnyOf,
    };

    // What wraps a stream of bytes, or is a certain one of them.
    private static string? ForBytes(ITypeSymbol type)
    {
        for (ITypeSymbol? parent = type; parent is not null; parent = parent.BaseType)
        {
            if (StreamReader.IsOfBytes(parent) || parent.ToDisplayString(NullableFlowState.None) is "System.IO.TextReader" or "System.IO.TextWriter" or "System.IO.BinaryReader" or "System.IO.BinaryWriter"
                or "System.IO.Pipelines.PipeReader" or "System.IO.Pipelines.PipeWriter")
            {
                return "System.IO.Stream, which each side may wrap";
            }
        }

        return null;
    }

    private static string Arguments(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { Length: 1 } items } ? $"<{items[0].ToDisplayString()}>" : "<T>";

    private static string ForCollection(ITypeSymbol type) =>
        type.AllInterfaces.Prepend(type).Any(static i => i.OriginalDefinition.ToDisplayString() is "System.Collections.Generic.IDictionary<TKey, TValue>" or "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" or "System.Collections.IDictionary")
            ? "IReadOnlyDictionary<K, V> or Dictionary<K, V>"
        : type.AllInterfaces.Prepend(type).Any(static i => i.OriginalDefinition.ToDisplayString() is "System.Collections.Generic.ISet<T>")
            ? "IReadOnlySet<T> or HashSet<T>"
        : "IReadOnlyList<T>, List<T> or an array of one dimension";

    private static bool IsOfNumbers(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { Length: 1 } items } && ElementReader.IsElement(items[0]);

    private static bool IsCollection(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_String
        && (type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
            || type.SpecialType == SpecialType.System_Collections_IEnumerable);
}
