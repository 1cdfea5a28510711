using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Something that cannot be in a contract, at the token that is wrong.</summary>
internal sealed record Problem(DiagnosticDescriptor Rule, Location Place, params object[] Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Place, Arguments);
}

/// <summary>Where in the source a symbol says something.</summary>
internal static class Places
{
    /// <summary>The symbol's name; of an accessor its property's.</summary>
    public static Location Of(ISymbol symbol) =>
        (symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol).Locations.FirstOrDefault() ?? Location.None;

    public static Location OfAttribute(AttributeData attribute, ISymbol symbol) =>
        attribute.ApplicationSyntaxReference is { } reference ? reference.SyntaxTree.GetLocation(reference.Span) : Of(symbol);

    public static TypeSyntax? TypeOf(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { AssociatedSymbol: IPropertySymbol property }
            ? TypeOf(property)
            : (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type;

    public static TypeSyntax? TypeOf(IPropertySymbol property) =>
        (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as PropertyDeclarationSyntax)?.Type;

    public static TypeSyntax? TypeOf(IEventSymbol source) => source.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
        EventDeclarationSyntax declaration => declaration.Type,
        _ => null,
    };

    public static TypeSyntax? ResultOf(IMethodSymbol method) =>
        method.AssociatedSymbol is IPropertySymbol property
            ? TypeOf(property)
            : (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType;

    public static TypeSyntax? TypeOf(IFieldSymbol field) =>
        (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            ParameterSyntax parameter => parameter.Type,
            _ => null,
        };

    /// <summary>char in ReadOnlySpan&lt;char&gt; and in char[].</summary>
    public static TypeSyntax? ElementOf(TypeSyntax? type) => type switch
    {
        GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } => arguments[0],
        QualifiedNameSyntax qualified => ElementOf(qualified.Right),
        AliasQualifiedNameSyntax aliased => ElementOf(aliased.Name),
        ArrayTypeSyntax array => array.ElementType,
        NullableTypeSyntax nullable => ElementOf(nullable.ElementType),
        _ => type,
    };
}
