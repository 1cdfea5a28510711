using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>[PluginData], which makes a type data of contracts.</summary>
internal static class DataAttribute
{
    public const string Name = "NativePlugins.Contracts.PluginDataAttribute";

    public static bool Is(ITypeSymbol type) => type.FindAttribute(Name) is not null;
}

/// <summary>[PluginDataCase], which makes a type one of those that the data may be from which it derives.</summary>
internal static class CaseAttribute
{
    public const string Name = "NativePlugins.Contracts.PluginDataCaseAttribute";

    public static bool Is(ITypeSymbol type) => type.FindAttribute(Name) is not null;

    /// <summary>The tag; 0 where there is none.</summary>
    public static int TagOf(ITypeSymbol type) => type.FindAttribute(Name)?.FirstArgument() is int tag ? tag : 0;

    /// <summary>The cases of a type, in the order of their tags. They are in its assembly: at the top level, or in the type itself.</summary>
    public static INamedTypeSymbol[] CasesOf(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsSealed: false, ContainingAssembly: { } assembly }
        ? [.. type.GetTypeMembers().Concat(TypesOf(assembly.GlobalNamespace)).Where(other => SymbolEqualityComparer.Default.Equals(other.BaseType, type) && Is(other)).OrderBy(TagOf)]
        : [];

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}
