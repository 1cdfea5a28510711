using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads what lies in memory as it is: numbers, bool, enums and structs of them.</summary>
internal sealed class ElementReader(List<Problem> problems)
{
    private readonly List<TypeModel> _declared = [];
    private readonly Dictionary<string, (ElementModel Element, int Alignment)> _known = [];

    public IReadOnlyList<TypeModel> Declared => _declared;

    /// <summary>Whether a type is tried as an element: any other kind of type has its own advice.</summary>
    public static bool IsElement(ITypeSymbol type) =>
        Primitive(type) is not null
        || type.TypeKind == TypeKind.Enum
        || (type.TypeKind == TypeKind.Struct && !IsOfSystem(type) && !DataAttribute.Is(type) && type is INamedTypeSymbol { IsGenericType: false, IsRefLikeType: false });

    public ElementModel? Read(ITypeSymbol type, TypeSyntax? place, ISymbol symbol, string where)
    {
        if (Primitive(type) is { } primitive)
        {
            return primitive;
        }

        if (!IsElement(type))
        {
            problems.Add(TypeReader.TypeProblem(place, symbol, type, where, Advice.ForElement(type)));
            return null;
        }

        return (type.TypeKind == TypeKind.Enum ? Enum((INamedTypeSymbol)type) : Struct((INamedTypeSymbol)type, place, symbol))?.Element;
    }

    private static ElementModel? Primitive(ITypeSymbol type)
    {
        (string CSharp, string C, string Signature, int Size)? known = type.SpecialType switch
        {
            SpecialType.System_Boolean => ("bool", "uint8_t", "bool", 1),
            SpecialType.System_SByte => ("sbyte", "int8_t", "i8", 1),
            SpecialType.System_Byte => ("byte", "uint8_t", "u8", 1),
            SpecialType.System_Int16 => ("short", "int16_t", "i16", 2),
            SpecialType.System_UInt16 => ("ushort", "uint16_t", "u16", 2),
            SpecialType.System_Int32 => ("int", "int32_t", "i32", 4),
            SpecialType.System_UInt32 => ("uint", "uint32_t", "u32", 4),
            SpecialType.System_Int64 => ("long", "int64_t", "i64", 8),
            SpecialType.System_UInt64 => ("ulong", "uint64_t", "u64", 8),
            SpecialType.System_Single => ("float", "float", "f32", 4),
            SpecialType.System_Double => ("double", "double", "f64", 8),
            SpecialType.System_IntPtr => ("nint", "intptr_t", "isize", 0),
            SpecialType.System_UIntPtr => ("nuint", "uintptr_t", "usize", 0),
            _ => null,
        };
        return known is { } k
            ? new ElementModel(k.CSharp, k.C, k.Signature, null, type.SpecialType == SpecialType.System_Boolean, false, k.Size, k.Size)
            : null;
    }

    private (ElementModel Element, int Alignment)? Enum(INamedTypeSymbol type)
    {
        string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (!_known.TryGetValue(name, out (ElementModel Element, int Alignment) known))
        {
            ElementModel underlying = Primitive(type.EnumUnderlyingType!)!;
            string cName = CNames.Type(name);
            known = (new ElementModel(name, cName, $"{name.Replace("global::", "")}:{underlying.Signature}", underlying.CSharp, false, false, underlying.Size, underlying.Size), underlying.Size);
            _known.Add(name, known);
            _declared.Add(new TypeModel(
                name, cName, true, underlying.C, underlying.Size,
                new Sequence<FieldModel>(type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => new FieldModel(
                    f.Name, CNames.Value(f.Name), "", 0, System.Convert.ToString(f.ConstantValue, CultureInfo.InvariantCulture) ?? "", DocText.Of(f).Summary))),
                DocText.Of(type).Summary));
        }

        return known;
    }

    private (ElementModel Element, int Alignment)? Struct(INamedTypeSymbol type, TypeSyntax? place, ISymbol symbol)
    {
        string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (_known.TryGetValue(name, out (ElementModel Element, int Alignment) known))
        {
            return known;
        }

        if (HasOwnLayout(type))
        {
            problems.Add(new Problem(
                ContractRules.Field, place?.GetLocation() ?? Places.Of(symbol), $"'{type.Name}' sets its layout", "remove the StructLayout attribute: fields follow each other, each at a multiple of its size"));
            return null;
        }

        var fields = new List<FieldModel>();
        var texts = new List<string>();
        int offset = 0, alignment = 1;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst))
        {
            string fieldName = field.AssociatedSymbol?.Name ?? field.Name;
            Location at = Places.TypeOf(field)?.GetLocation() is { } l && l.IsInSource ? l : place?.GetLocation() ?? Places.Of(symbol);
            if (FieldElement(field) is not { } element)
            {
                problems.Add(new Problem(
                    ContractRules.Field, at, $"The field '{fieldName}' of '{type.Name}' is of type '{field.Type.ToDisplayString()}'", $"use {Advice.ForField(field.Type)}"));
                return null;
            }

            int padding = (element.Alignment - (offset % element.Alignment)) % element.Alignment;
            if (padding > 0)
            {
                problems.Add(Padding(at, type, padding, $"before '{fieldName}'"));
                return null;
            }

            fields.Add(new FieldModel(fieldName, CNames.Member(fieldName), element.Element.C, offset, "", DocOf(type, field, fieldName)));
            texts.Add($"{fieldName}:{element.Element.Signature}@{offset}");
            offset += element.Element.Size;
            alignment = System.Math.Max(alignment, element.Alignment);
        }

        int end = (alignment - (offset % alignment)) % alignment;
        if (offset == 0 || end > 0)
        {
            Location at = place?.GetLocation() ?? Places.Of(symbol);
            problems.Add(offset == 0
                ? new Problem(ContractRules.Field, at, $"'{type.Name}' has no fields", "use a struct that has some")
                : Padding(type.Locations.FirstOrDefault(l => l.IsInSource) ?? at, type, end, "at its end"));
            return null;
        }

        string cName = CNames.Type(name);
        known = (new ElementModel(name, cName, $"{name.Replace("global::", "")}{{{string.Join(",", texts)}}}{offset}", null, false, true, offset, alignment), alignment);
        _known.Add(name, known);
        _declared.Add(new TypeModel(name, cName, false, "", offset, new Sequence<FieldModel>(fields), DocText.Of(type).Summary));
        return known;
    }

    // A field that comes from a parameter of a record struct is documented by a <param> of the record.
    private static string DocOf(INamedTypeSymbol type, IFieldSymbol field, string name) =>
        DocText.Of(field.AssociatedSymbol ?? field).Summary is { Length: > 0 } own ? own : DocText.Of(type).Parameter(name);

    private (ElementModel Element, int Alignment)? FieldElement(IFieldSymbol field)
    {
        if (field.IsFixedSizeBuffer || field.RefKind != RefKind.None)
        {
            return null;
        }

        if (Primitive(field.Type) is { } primitive)
        {
            return primitive.IsBool || primitive.Size == 0 ? null : (primitive, primitive.Size);
        }

        return !IsElement(field.Type) ? null
            : field.Type.TypeKind == TypeKind.Enum ? Enum((INamedTypeSymbol)field.Type)
            : Struct((INamedTypeSymbol)field.Type, Places.TypeOf(field), field);
    }

    private static Problem Padding(Location place, INamedTypeSymbol type, int bytes, string where) => new(
        ContractRules.Field, place, $"'{type.Name}' has {bytes} bytes of padding {where}",
        $"write them out as {(bytes is 1 or 2 or 4 ? $"a field of type {(bytes == 1 ? "byte" : bytes == 2 ? "ushort" : "uint")}" : "fields of type byte")}, or reorder the fields");

    private static bool HasOwnLayout(INamedTypeSymbol type) => type.GetAttributes().Any(a =>
        a.AttributeClass?.ToDisplayString() switch
        {
            "System.Runtime.InteropServices.StructLayoutAttribute" =>
                a.ConstructorArguments.FirstOrDefault().Value is not (0 or (short)0) || a.NamedArguments.Any(n => n.Key is "Pack" or "Size"),
            "System.Runtime.CompilerServices.InlineArrayAttribute" => true,
            _ => false,
        });

    private static bool IsOfSystem(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name == "System";
    }
}
