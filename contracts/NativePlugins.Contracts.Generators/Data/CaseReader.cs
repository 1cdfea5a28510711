using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads a type with [PluginDataCase]: the members of its own, and how those of its base are set.</summary>
internal sealed class CaseReader(DataTypeReader types, List<Problem> problems)
{
    private const int MaxTag = 65535;

    public DataModel? Read(INamedTypeSymbol type, int firstMinor)
    {
        if (Obstacle(type) is { } obstacle)
        {
            problems.Add(new Problem(ContractRules.Case, Places.Of(type), type.Name, obstacle));
            return null;
        }

        // What is wrong with the base is said there.
        int before = problems.Count;
        DataModel? parent = types.ReadOwn(type.BaseType!, CaseAttribute.CasesOf(type.BaseType!), out ISymbol[] inherited);
        if (parent is null)
        {
            problems.RemoveRange(before, problems.Count - before);
            return null;
        }

        ISymbol[] own = [.. DataMembers.Of(type).Where(member => !(member.IsOverride && inherited.Any(other => other.Name == member.Name)))];
        if (own.FirstOrDefault(member => inherited.Any(other => other.Name == member.Name)) is { } hiding)
        {
            problems.Add(new Problem(ContractRules.Case, Places.Of(hiding), type.Name, $"hides the member '{hiding.Name}' of '{parent.FullName}': give it another name"));
            return null;
        }

        IMethodSymbol? constructor = DataMembers.Constructor(type, [.. own, .. inherited]);
        if (constructor is null)
        {
            problems.Add(new Problem(ContractRules.Case, Places.Of(type), type.Name, "has no public constructor whose parameters are all members, be they its own or its base's: add one, or one without parameters"));
            return null;
        }

        DataMemberModel[] set = [.. parent.Members.Zip(inherited, (member, symbol) => Inherited(type, member, symbol, ParameterOf(constructor, symbol)))];
        (ISymbol Member, IParameterSymbol? Parameter)[] taken = [.. constructor.Parameters.Select(p => (Member: DataMembers.OfParameter(own, p), p)).Where(m => m.Member is not null).Select(m => (m.Member!, (IParameterSymbol?)m.p))];
        IEnumerable<ISymbol> others = types.Others(type, own.Where(member => !taken.Any(m => SymbolEqualityComparer.Default.Equals(m.Member, member))));
        DataModel? model = types.Model(type, [.. taken, .. others.Select(member => (member, (IParameterSymbol?)null))], [], out _);
        return problems.Count > before || model is null ? null
            : model with { FirstMinor = firstMinor, Base = new BaseModel(parent.CSharp, CaseAttribute.TagOf(type), new Sequence<DataMemberModel>(set)) };
    }

    private static string? Obstacle(INamedTypeSymbol type)
    {
        if (type.BaseType is not { } parent || !DataAttribute.Is(parent))
        {
            return type.BaseType is { } other && CaseAttribute.Is(other)
                ? $"derives from the case '{other.Name}': derive it from '{other.BaseType?.Name}' itself"
                : $"derives from '{type.BaseType?.Name}', which has no [PluginData]: give that one [PluginData], or '{type.Name}' in place of [PluginDataCase]";
        }

        int tag = CaseAttribute.TagOf(type), minor = DataMembers.MinorOf(type);
        return DataAttribute.Is(type) ? "has [PluginData] too: remove that, as it crosses as its base does"
            : !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, parent.ContainingAssembly) ? $"derives from '{parent.Name}' of another project: all cases stand where that does"
            : !type.IsSealed ? "is not sealed: what derives from it could not arrive"
            : type.ContainingType is { } outer && !SymbolEqualityComparer.Default.Equals(outer, parent) ? $"is nested in '{outer.Name}': move it out, or into '{parent.Name}'"
            : DataTypeReader.ObstacleOfAny(type) is { } obstacle ? obstacle
            : tag is < 1 or > MaxTag ? $"has the tag {tag}; tags are 1 to {MaxTag}"
            : CaseAttribute.CasesOf(parent).First(other => CaseAttribute.TagOf(other) == tag) is { } first && !SymbolEqualityComparer.Default.Equals(first, type) ? $"has the tag {tag}, which is the one of '{first.Name}'"
            : minor is < 0 or > 65535 ? $"is of minor version {minor}; minor versions are 1 to 65535"
            : null;
    }

    private static IParameterSymbol? ParameterOf(IMethodSymbol constructor, ISymbol member) =>
        constructor.Parameters.FirstOrDefault(p => DataMembers.OfParameter([member], p) is not null);

    private DataMemberModel Inherited(INamedTypeSymbol type, DataMemberModel member, ISymbol symbol, IParameterSymbol? parameter)
    {
        if (parameter is null && !(symbol is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod.DeclaredAccessibility: not Accessibility.Private }))
        {
            problems.Add(new Problem(ContractRules.Case, Places.Of(type), type.Name, $"cannot set '{symbol.Name}' of '{symbol.ContainingType.Name}' when it arrives: give its constructor a parameter of that name and type, or '{symbol.Name}' init"));
        }
        else if (member.Minor > 0 && !DataMembers.HasDefault(symbol, parameter))
        {
            problems.Add(new Problem(ContractRules.NoDefault, Places.Of((ISymbol?)parameter ?? type), symbol.Name, member.Minor));
        }

        return member with { Parameter = parameter?.Name };
    }
}
