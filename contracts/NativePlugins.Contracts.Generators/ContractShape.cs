using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Where a contract may stand, and what it may derive from.</summary>
internal static class ContractShape
{
    private const string AddedName = "NativePlugins.Contracts.IPluginContract<TSelf>";

    /// <summary>Why an interface cannot be a contract, as the end of a sentence about it; null when it can.</summary>
    public static string? Obstacle(INamedTypeSymbol type, AttributeData attribute) =>
        type.IsGenericType ? "is generic"
        : type.IsFileLocal ? "is a file-local type"
        : !IsPartial(type) ? "is not partial"
        : ObstacleOfOuter(type) ?? ObstacleOfBases(type, attribute);

    /// <summary>The static classes around an interface, the outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Outer(INamedTypeSymbol type)
    {
        var outer = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? next = type.ContainingType; next is not null; next = next.ContainingType)
        {
            outer.Push(next);
        }

        return outer;
    }

    /// <summary>The contracts whose members come first, and then the interface itself. One that is reached twice is there twice.</summary>
    public static IEnumerable<INamedTypeSymbol> Flattened(INamedTypeSymbol type) =>
        Contracts(type).SelectMany(Flattened).Append(type);

    /// <summary>The contracts from which an interface derives by its own declaration.</summary>
    public static IEnumerable<INamedTypeSymbol> Contracts(INamedTypeSymbol type) =>
        Bases(type).Where(parent => ContractAttribute.Of(parent) is not null);

    /// <summary>Whether objects of the contract are disposed of.</summary>
    public static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Any(static parent => parent.SpecialType == SpecialType.System_IDisposable);

    /// <summary>Whether they are disposed of asynchronously.</summary>
    public static bool IsAsyncDisposable(ITypeSymbol type) => type.AllInterfaces.Any(IsAsync);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type) => type.Interfaces.Where(static parent =>
        parent.SpecialType != SpecialType.System_IDisposable && !IsAsync(parent) && parent.OriginalDefinition.ToDisplayString() != AddedName);

    private static bool IsAsync(INamedTypeSymbol type) => type.ToDisplayString() == "System.IAsyncDisposable";

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>()
        .All(d => d.Modifiers.Any(m => m.IsKind(SyntaxKind.PartialKeyword)));

    private static string? ObstacleOfOuter(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol outer in Outer(type))
        {
            string? obstacle = !outer.IsStatic || outer.IsGenericType || outer.IsFileLocal ? $"is in '{outer.Name}', which is no static class of the whole project"
                : !IsPartial(outer) ? $"is in '{outer.Name}', which is not partial"
                : null;
            if (obstacle is not null)
            {
                return obstacle;
            }
        }

        return Outer(type).Skip(1).Append(type).Where(inner => inner.ContainingType is not null && inner.DeclaredAccessibility == Accessibility.Private).FirstOrDefault() is { } hidden
            ? hidden.Equals(type, SymbolEqualityComparer.Default) ? "is private: say public or internal" : $"is in '{hidden.Name}', which is private: say public or internal"
            : null;
    }

    private static string? ObstacleOfBases(INamedTypeSymbol type, AttributeData attribute)
    {
        foreach (INamedTypeSymbol parent in Bases(type))
        {
            if (ContractAttribute.Of(parent) is not { } other)
            {
                return $"derives from '{parent.Name}', which is no contract: give that one [PluginContract], or its members to '{type.Name}'";
            }

            int own = ContractAttribute.IdOf(attribute).Major, theirs = ContractAttribute.IdOf(other).Major;
            if (own != theirs)
            {
                return $"is of major version {own} and derives from '{parent.Name}' of major version {theirs}: give both one major version";
            }

            if (ContractAttribute.IsSerialized(attribute) != ContractAttribute.IsSerialized(other))
            {
                return $"derives from '{parent.Name}' of another Threading: give both the same one";
            }
        }

        return Flattened(type).GroupBy(parent => parent, SymbolEqualityComparer.Default).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"derives from '{twice.Key!.Name}' in two ways: its members can stand in the table once; derive from one of those that bring it"
            : null;
    }
}
