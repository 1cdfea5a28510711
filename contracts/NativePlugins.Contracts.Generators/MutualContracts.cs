using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// Finds the contracts that take or return each other, directly or through others. No order of their headers declares each before the one that
/// takes it, so they name each other by the tags of their structs.
/// </summary>
internal static class MutualContracts
{
    /// <summary>Whether a contract that <paramref name="contract"/> takes is that contract itself, or leads back to it.</summary>
    public static bool IsMutual(ITypeSymbol taken, ITypeSymbol contract)
    {
        var known = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var left = new Stack<ITypeSymbol>([taken]);
        while (left.Count > 0)
        {
            ITypeSymbol next = left.Pop();
            if (SymbolEqualityComparer.Default.Equals(next, contract))
            {
                return true;
            }

            if (known.Add(next))
            {
                foreach (ITypeSymbol other in Taken(next))
                {
                    left.Push(other);
                }
            }
        }

        return false;
    }

    /// <summary>What a delegate takes and returns, be it through others; or the type itself.</summary>
    private static IEnumerable<ITypeSymbol> InDelegates(ITypeSymbol type)
    {
        var known = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var left = new Stack<ITypeSymbol>([type]);
        while (left.Count > 0)
        {
            ITypeSymbol next = left.Pop();
            if (next is not INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke })
            {
                yield return next;
            }
            else if (known.Add(next))
            {
                foreach (ITypeSymbol other in invoke.Parameters.Select(parameter => parameter.Type).Append(Returned(invoke)))
                {
                    left.Push(other);
                }
            }
        }
    }

    private static ITypeSymbol Returned(IMethodSymbol method) =>
        TypeReader.IsAsync(method.ReturnType) && ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault() is { } result ? result : method.ReturnType;

    // A helper of the interface, sealed or static, has no place in the table: what it takes is not in the header.
    private static IEnumerable<ITypeSymbol> Taken(ITypeSymbol contract) => contract.AllInterfaces.Add((INamedTypeSymbol)contract)
        .Where(type => ContractAttribute.Of(type) is not null)
        .SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
        .Where(method => !method.IsStatic && (method.IsAbstract || method.IsVirtual))
        .SelectMany(method => method.Parameters.Select(parameter => parameter.Type).Append(Returned(method)))
        .SelectMany(InDelegates)
        .Where(type => type.TypeKind == TypeKind.Interface && ContractAttribute.Of(type) is not null);
}
