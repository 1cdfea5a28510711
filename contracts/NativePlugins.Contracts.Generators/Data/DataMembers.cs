using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>The members of a type that are data, and the constructor that takes them.</summary>
internal static class DataMembers
{
    /// <summary>Public properties and fields of the type itself, of which some may be computed.</summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
            and (IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } or IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false }));

    /// <summary>The constructor that takes most of the members. The one that copies a record takes none.</summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type, IReadOnlyList<ISymbol> members) => type.InstanceConstructors
        .Where(c => IsVisible(c, type) && c.Parameters.All(p => p.RefKind == RefKind.None && OfParameter(members, p) is not null))
        .OrderByDescending(c => c.Parameters.Length).FirstOrDefault();

    /// <summary>The member that a constructor's parameter sets: of the same type, and of its name but for the case of letters.</summary>
    public static ISymbol? OfParameter(IReadOnlyList<ISymbol> members, IParameterSymbol parameter) => members.FirstOrDefault(member =>
        string.Equals(member.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.IncludeNullability.Equals(TypeOf(member), parameter.Type));

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    /// <summary>Whether an object can be made with it: it is required, init or plain.</summary>
    public static bool IsSettable(ISymbol member) => member is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false };

    /// <summary>Whether it has a field, and is not computed.</summary>
    public static bool IsStored(INamedTypeSymbol type, ISymbol member) =>
        member is IFieldSymbol || type.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, member));

    public static bool HasDefault(ISymbol member, IParameterSymbol? parameter) =>
        parameter is not null ? parameter.HasExplicitDefaultValue : member is IPropertySymbol { IsRequired: false } or IFieldSymbol { IsRequired: false };

    public static int MinorOf(ISymbol member, IParameterSymbol? parameter = null) =>
        (member.FindAttribute(MemberReader.MinorName) ?? parameter?.FindAttribute(MemberReader.MinorName))?.FirstArgument() is int minor ? minor : 0;

    public static TypeSyntax? PlaceOf(ISymbol member) => member is IFieldSymbol field ? Places.TypeOf(field) : member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        _ => null,
    };

    // Nobody but a case makes an abstract base, so that its constructor need not be public.
    private static bool IsVisible(IMethodSymbol constructor, INamedTypeSymbol type) => constructor.DeclaredAccessibility == Accessibility.Public
        || (type.IsAbstract && constructor.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal);
}
