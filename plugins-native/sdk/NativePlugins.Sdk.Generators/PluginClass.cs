using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Generators;

namespace NativePlugins.Sdk.Generators;

/// <summary>What generator and analyzer read from a class with [Plugin].</summary>
internal static class PluginClass
{
    public const string AttributeName = "NativePlugins.Sdk.PluginAttribute";
    public const string ContextName = "NativePlugins.Sdk.PluginContext";
    public const string CommandName = "NativePlugins.Sdk.ICommand";
    public const string StatefulName = "NativePlugins.Sdk.IStateful";

    /// <summary>The attribute's id; empty when it was given none.</summary>
    public static string Id(AttributeData attribute) => attribute.FirstArgument() as string ?? "";

    /// <summary>The name that people see: the id, when none was set.</summary>
    public static string Name(AttributeData attribute) => attribute.NamedArgument("Name") as string ?? Id(attribute);

    public static string? Version(AttributeData attribute) => attribute.NamedArgument("Version") as string;

    /// <summary>The contracts that the class implements, with the ids of their services, in the order of the ids.</summary>
    public static IEnumerable<(INamedTypeSymbol Type, string ServiceId)> Contracts(INamedTypeSymbol type) =>
        type.AllInterfaces
            .Select(i => (Type: i, Attribute: ContractAttribute.Of(i)))
            .Where(c => c.Attribute is not null)
            .Select(c => (c.Type, Contract: ContractAttribute.IdOf(c.Attribute!)))
            .Select(c => (c.Type, ServiceId: $"{c.Contract.Id}/{c.Contract.Major}"))
            .OrderBy(c => c.ServiceId, StringComparer.Ordinal);

    /// <summary>Why the class cannot be created with new, or null.</summary>
    public static string? Obstacle(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsGenericType)
            {
                return "generic";
            }

            if (outer.IsFileLocal || outer.DeclaredAccessibility is not
                (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return "not accessible from the rest of the project";
            }
        }

        return type.IsStatic ? "static" : type.IsAbstract ? "abstract" : null;
    }

    /// <summary>The constructor to call: with a PluginContext if there is one, else without parameters, else null.</summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type) =>
        type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            .Where(c => c.Parameters.Length == 0 || TakesContext(c))
            .OrderByDescending(c => c.Parameters.Length)
            .FirstOrDefault();

    public static bool TakesContext(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1
        && constructor.Parameters[0].RefKind == RefKind.None
        && constructor.Parameters[0].Type.ToDisplayString() == ContextName;
}
