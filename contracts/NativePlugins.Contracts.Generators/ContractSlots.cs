using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>The functions of a contract's table: its methods, of a property the getter and then the setter, of an event what adds and removes.</summary>
internal sealed class ContractSlots(List<Problem> problems)
{
    /// <summary>Each member with its functions, in the order of the source. One that is neither that nor a helper is a problem.</summary>
    public IEnumerable<IMethodSymbol[]> Of(INamedTypeSymbol type) =>
        InOrder(type).Select(Functions).Where(functions => functions.Length > 0);

    // In a compiled assembly properties and events come after all methods; their accessors stand where they were declared.
    private static IEnumerable<ISymbol> InOrder(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => member is not (IPropertySymbol or IEventSymbol))
        .Select(member => member is IMethodSymbol
        {
            MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove, AssociatedSymbol: { } declared,
        } ? declared : member)
        .Distinct<ISymbol>(SymbolEqualityComparer.Default);

    private IMethodSymbol[] Functions(ISymbol member)
    {
        switch (member)
        {
            case { IsStatic: true, IsAbstract: false, IsVirtual: false } or INamedTypeSymbol or IFieldSymbol:
            case { IsAbstract: false, IsVirtual: false }:
                return [];
            case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public } method:
                return [method];
            case IPropertySymbol { IsIndexer: false, IsStatic: false, DeclaredAccessibility: Accessibility.Public } property:
                return Accessors(property);
            case IEventSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, AddMethod: { } add, RemoveMethod: { } remove }:
                return [add, remove];
        }

        (string what, string instead) = member switch
        {
            IPropertySymbol { IsIndexer: true } => ("An indexer", "use a method with the index as a parameter"),
            IMethodSymbol { IsGenericMethod: true } => ($"The generic method '{member.Name}'", "use a method for each type"),
            { IsStatic: true } => ($"The static member '{member.Name}'", "a contract is called on an object: remove static"),
            _ => ($"'{member.Name}'", "its members are public: remove the modifier, or add sealed to a helper"),
        };
        problems.Add(new Problem(ContractRules.Member, Places.Of(member), what, instead));
        return [];
    }

    private IMethodSymbol[] Accessors(IPropertySymbol property)
    {
        // An accessor that no class can implement is a helper of the interface.
        IMethodSymbol[] accessors =
        [
            .. new[] { property.GetMethod, property.SetMethod }.Where(accessor => accessor is not null && (accessor.IsAbstract || accessor.IsVirtual)).Select(accessor => accessor!),
        ];
        (string What, string Instead)? obstacle =
            accessors.Any(accessor => accessor.IsInitOnly)
                ? ($"The init accessor of '{property.Name}'", "the object exists before its caller sees it: use set, or get alone")
            : accessors.Any(accessor => accessor.DeclaredAccessibility != Accessibility.Public)
                ? ($"An accessor of '{property.Name}' that is not public", "remove its modifier, or the accessor")
            : accessors.Any(accessor => accessor.FindAttribute(MemberReader.MinorName) is not null)
                ? ($"An accessor of '{property.Name}' with a minor version of its own", $"mark the whole property with [ContractMinor], or append a method such as Change{property.Name}()")
            : null;
        if (obstacle is { } found)
        {
            problems.Add(new Problem(ContractRules.Member, Places.Of(property), found.What, found.Instead));
            return [];
        }

        return accessors;
    }
}
