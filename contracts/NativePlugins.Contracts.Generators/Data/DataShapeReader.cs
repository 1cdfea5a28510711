using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Makes the shape of a type that is data, and notes the types with [PluginData] that it leads to.</summary>
internal sealed class DataShapeReader(ElementReader elements, List<Problem> problems)
{
    private const int MaxTuple = 4;

    /// <summary>The types with [PluginData] that were met, by their full names.</summary>
    public Dictionary<string, INamedTypeSymbol> Met { get; } = [];

    /// <summary>Whether a type is tried as data by itself: any other kind of type has its own advice.</summary>
    public static bool IsData(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type.SpecialType == SpecialType.System_String
        || DataAttribute.Is(type)
        || CaseAttribute.Is(type)
        || DataTypes.Known(NameOf(type)) is not null
        || type is IArrayTypeSymbol { Rank: 1 }
        || type is INamedTypeSymbol { IsTupleType: true, TupleElements.Length: <= MaxTuple }
        || Collection(type) is not null;

    public DataShape? Read(ITypeSymbol type, TypeSyntax? place, ISymbol symbol, string where)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Read(nullable.TypeArguments[0], Places.ElementOf(place), symbol, where) is { } value ? DataTypes.Nullable(value) : null;
        }

        DataShape? shape = NotNull(type, place is NullableTypeSyntax { ElementType: var inner } ? inner : place, symbol, where);
        return shape is not null && type.NullableAnnotation == NullableAnnotation.Annotated && type.IsReferenceType ? DataTypes.Nullable(shape) : shape;
    }

    private DataShape? NotNull(ITypeSymbol type, TypeSyntax? place, ISymbol symbol, string where)
    {
        string name = NameOf(type);
        if (DataAttribute.Is(type))
        {
            string full = FullName(type);
            Met[full] = (INamedTypeSymbol)type;
            return DataTypes.Data(full, CNames.Type(full), type.IsReferenceType);
        }

        // A case crosses as its base does.
        if (CaseAttribute.Is(type) && type.BaseType is { } parent && DataAttribute.Is(parent))
        {
            string full = FullName(type), of = FullName(parent);
            Met[of] = parent;
            return DataTypes.Data(full, CNames.Type(of), isClass: true) with
            {
                Signature = $"case {CaseAttribute.TagOf(type)} of data {of.Replace("global::", "")}",
                Meaning = $"Always of the tag {CNames.Tag(of, type.Name)}.",
                Data = new Sequence<string>([of]),
            };
        }

        if (DataTypes.Known(name) is { } known)
        {
            return known;
        }

        if (ElementReader.IsElement(type) && type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr))
        {
            return elements.Read(type, place, symbol, where) is { } element ? DataTypes.Element(element) : null;
        }

        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return Read(array.ElementType, Places.ElementOf(place), symbol, "as the element of an array") is { } item
                ? DataTypes.List($"{item.CSharp}[]", "ArrayData", "list", true, item)
                : null;
        }

        if (type is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: <= MaxTuple } fields })
        {
            DataShape?[] items = [.. fields.Select(field => Read(field.Type, place, symbol, "in a tuple"))];
            return items.Any(item => item is null) ? null
                : DataTypes.Tuple($"({string.Join(", ", items.Select((item, i) => item!.CSharp + (fields[i].IsExplicitlyNamedTupleElement ? $" {NativeTypes.Escape(fields[i].Name)}" : "")))})", [.. items.Select(item => item!)]);
        }

        if (Collection(type) is { } collection)
        {
            return Items((INamedTypeSymbol)type, collection, place, symbol);
        }

        problems.Add(TypeReader.TypeProblem(place, symbol, type, where, Advice.ForElement(type)));
        return null;
    }

    private DataShape? Items(INamedTypeSymbol type, (string Runtime, string Kind) collection, TypeSyntax? place, ISymbol symbol)
    {
        TypeSyntax? Place(int i) => place is GenericNameSyntax { TypeArgumentList.Arguments: var arguments } && arguments.Count > i ? arguments[i] : place;
        DataShape?[] items = [.. type.TypeArguments.Select((item, i) => Read(item, Place(i), symbol, $"in {(collection.Kind == "list" ? "a list" : $"a {collection.Kind}")}"))];
        if (items.Any(item => item is null))
        {
            return null;
        }

        string cSharp = $"global::{type.ContainingNamespace.ToDisplayString()}.{type.Name}<{string.Join(", ", items.Select(item => item!.CSharp))}>";
        return collection.Kind == "dictionary"
            ? DataTypes.Dictionary(cSharp, collection.Runtime, items[0]!, items[1]!)
            : DataTypes.List(cSharp, collection.Runtime, collection.Kind, type.IsReferenceType, items[0]!);
    }

    private static (string Runtime, string Kind)? Collection(ITypeSymbol type) => NameOf(type) switch
    {
        "System.Collections.Generic.List<T>" => ("ListData", "list"),
        "System.Collections.Generic.IReadOnlyList<T>" => ("ReadOnlyListData", "list"),
        "System.Collections.Immutable.ImmutableArray<T>" => ("ImmutableArrayData", "list"),
        "System.Collections.Generic.HashSet<T>" => ("SetData", "set"),
        "System.Collections.Generic.IReadOnlySet<T>" => ("ReadOnlySetData", "set"),
        "System.Collections.Generic.Dictionary<TKey, TValue>" => ("DictionaryData", "dictionary"),
        "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" => ("ReadOnlyDictionaryData", "dictionary"),
        _ => null,
    };

    private static string NameOf(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).OriginalDefinition.ToDisplayString();

    private static string FullName(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
