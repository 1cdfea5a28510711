using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
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

    // The types of an assembly are gone through once, and not for each of its data at each key that somebody presses.
    private static readonly ConditionalWeakTable<IAssemblySymbol, ILookup<ISymbol?, INamedTypeSymbol>> s_cases = new();

    public static bool Is(ITypeSymbol type) => type.FindAttribute(Name) is not null;

    /// <summary>The tag; 0 where there is none.</summary>
    public static int TagOf(ITypeSymbol type) => type.FindAttribute(Name)?.FirstArgument() is int tag ? tag : 0;

    /// <summary>The cases of a type, in the order of their tags. They are in its assembly: at the top level, or in the type itself.</summary>
    public static INamedTypeSymbol[] CasesOf(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsSealed: false, ContainingAssembly: { } assembly }
        ? [.. s_cases.GetValue(assembly, static assembly => TypesOf(assembly.GlobalNamespace).Where(Is).ToLookup<INamedTypeSymbol, ISymbol?>(other => other.BaseType, SymbolEqualityComparer.Default))[type].OrderBy(TagOf)]
        : [];

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) => space.GetTypeMembers()
        .SelectMany(type => type.GetTypeMembers().Where(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType, type)).Prepend(type))
        .Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}
