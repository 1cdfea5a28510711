using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads a type with [PluginData], or a case of one: its members, the order that they have in C, and the constructor that takes them.</summary>
internal sealed class DataTypeReader(DataShapeReader shapes, List<Problem> problems)
{
    // What the struct of a base has before its members.
    private static readonly HashSet<string> s_ofBases = ["tag", "value"];

    /// <summary>The model; null when there is a problem, also one of a case or of the base, which is said there.</summary>
    /// <param name="firstMinor">The first minor version of the contract that has it.</param>
    public DataModel? Read(INamedTypeSymbol type, int firstMinor = 0)
    {
        if (CaseAttribute.Is(type))
        {
            return new CaseReader(this, problems).Read(type, firstMinor);
        }

        INamedTypeSymbol[] cases = CaseAttribute.CasesOf(type);
        if (ReadOwn(type, cases, out _) is not { } model)
        {
            return null;
        }

        foreach (INamedTypeSymbol item in cases)
        {
            shapes.Met[item.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)] = item;
        }

        return cases.All(IsFine) ? model with { FirstMinor = firstMinor } : null;
    }

    /// <summary>The same without a look at the cases.</summary>
    /// <param name="symbols">The members.</param>
    public DataModel? ReadOwn(INamedTypeSymbol type, INamedTypeSymbol[] cases, out ISymbol[] symbols)
    {
        symbols = [];
        int before = problems.Count;
        if (Obstacle(type, cases) is { } obstacle)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, obstacle));
            return null;
        }

        ISymbol[] candidates = [.. DataMembers.Of(type)];
        IMethodSymbol? constructor = DataMembers.Constructor(type, candidates);
        if (constructor is null && !type.IsAbstract)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, "has no public constructor whose parameters are all members: add one, or one without parameters"));
            return null;
        }

        (ISymbol Member, IParameterSymbol? Parameter)[] members = [.. Members(type, candidates, constructor)];
        if (members.Length == 0 && cases.Length == 0 && problems.Count == before)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, "has no public properties or fields"));
        }

        DataModel? model = Model(type, members, cases, out symbols);
        return problems.Count > before ? null : model;
    }

    /// <summary>The model of a type with these members.</summary>
    /// <param name="symbols">The members in the order of the struct.</param>
    public DataModel? Model(INamedTypeSymbol type, (ISymbol Member, IParameterSymbol? Parameter)[] members, INamedTypeSymbol[] cases, out ISymbol[] symbols)
    {
        members = [.. members.OrderBy(m => DataMembers.MinorOf(m.Member, m.Parameter))];
        symbols = [.. members.Select(m => m.Member)];
        List<DataMemberModel> read = Layout(type, members, cases.Length > 0);
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return read.Count < members.Length ? null : new DataModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            Declaration(type),
            full,
            CNames.Type(full),
            type.IsReferenceType,
            new Sequence<DataMemberModel>(read),
            0,
            DocText.Of(type).Summary)
        {
            Outer = type.ContainingType is { } outer ? Declaration(outer) : null,
            IsAbstract = type.IsAbstract,
            Cases = new Sequence<CaseModel>([.. Itself(type, cases), .. cases.Select(Case)]),
        };
    }

    /// <summary>What keeps a type from being data.</summary>
    public static string? ObstacleOfAny(INamedTypeSymbol type) =>
        type.IsGenericType ? "is generic: write a type for each case"
        : type.IsFileLocal ? "is a file-local type"
        : type.IsRefLikeType ? "is a ref struct, which cannot be in a list: remove ref"
        : !IsPartial(type) ? "is not partial"
        : null;

    private static string? Obstacle(INamedTypeSymbol type, INamedTypeSymbol[] cases) =>
        type.ContainingType is not null ? "is nested in another type: move it out"
        : type.IsAbstract && cases.Length == 0 ? "is abstract and has no case: derive a sealed type with [PluginDataCase(1)] from it"
        : type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent ?
            $"derives from '{parent.Name}': {(DataAttribute.Is(parent) ? "give it [PluginDataCase(1)] in place of [PluginData]" : "write its members here")}"
        : ObstacleOfAny(type);

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Length == 0
        || type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Declaration(INamedTypeSymbol type) =>
        $"partial {(type.IsRecord ? type.IsValueType ? "record struct" : "record" : type.IsValueType ? "struct" : "class")} {NativeTypes.Escape(type.Name)}";

    private static bool IsFine(INamedTypeSymbol item)
    {
        var found = new List<Problem>();
        return new DataTypeReader(new DataShapeReader(new ElementReader(found), found), found).Read(item) is not null && found.Count == 0;
    }

    // Tag 0 is the base itself, where it can be one.
    private static IEnumerable<CaseModel> Itself(INamedTypeSymbol type, INamedTypeSymbol[] cases) =>
        cases.Length > 0 && !type.IsAbstract ? [Case(type) with { CName = "itself", Minor = 0 }] : [];

    private static CaseModel Case(INamedTypeSymbol type)
    {
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new CaseModel(CaseAttribute.TagOf(type), DataMembers.MinorOf(type), type.Name, CNames.Member(type.Name), full, CNames.Type(full), DocText.Of(type).Summary);
    }

    // The constructor's first, in its order; then the others as they are declared. A property that is computed is none.
    private IEnumerable<(ISymbol Member, IParameterSymbol? Parameter)> Members(INamedTypeSymbol type, ISymbol[] candidates, IMethodSymbol? constructor)
    {
        var taken = new List<ISymbol>();
        foreach (IParameterSymbol parameter in constructor is null ? [] : constructor.Parameters)
        {
            ISymbol member = DataMembers.OfParameter(candidates, parameter)!;
            taken.Add(member);
            yield return (member, parameter);
        }

        foreach (ISymbol member in Others(type, candidates.Where(member => !taken.Contains(member, SymbolEqualityComparer.Default))))
        {
            yield return (member, null);
        }
    }

    /// <summary>Those of the members that are set; one that cannot be is a problem.</summary>
    public IEnumerable<ISymbol> Others(INamedTypeSymbol type, IEnumerable<ISymbol> members)
    {
        foreach (ISymbol member in members)
        {
            if (DataMembers.IsSettable(member))
            {
                yield return member;
            }
            else if (DataMembers.IsStored(type, member))
            {
                problems.Add(new Problem(ContractRules.Data, Places.Of(member), $"{type.Name}.{member.Name}", "cannot be set when it arrives: give it init, or the constructor a parameter of its name and type"));
            }
        }
    }

    private List<DataMemberModel> Layout(INamedTypeSymbol type, (ISymbol Member, IParameterSymbol? Parameter)[] members, bool hasCases)
    {
        var read = new List<DataMemberModel>();
        bool mayBeginEmpty = hasCases || CaseAttribute.Is(type);
        int offset = DataModel.PrefixOf(hasCases);
        for (int i = 0; i < members.Length; i++)
        {
            (ISymbol member, IParameterSymbol? parameter) = members[i];
            int minor = DataMembers.MinorOf(member, parameter);
            if (minor is < 0 or > 65535 || (minor > 0 && !DataMembers.HasDefault(member, parameter)))
            {
                problems.Add(minor is < 0 or > 65535
                    ? new Problem(ContractRules.Minor, Places.Of(member), member.Name, minor, "and minor versions are 1 to 65535")
                    : new Problem(ContractRules.NoDefault, Places.Of(member), member.Name, minor));
                continue;
            }

            if (shapes.Read(DataMembers.TypeOf(member), DataMembers.PlaceOf(member), member, $"as the member '{member.Name}' of '{type.Name}'") is not { } shape)
            {
                continue;
            }

            offset = DataModel.Align(offset, i == 0 && minor > 0 && mayBeginEmpty ? DataModel.Alignment : shape.Alignment);
            int end = offset + shape.Size;
            int? next = i + 1 < members.Length ? DataMembers.MinorOf(members[i + 1].Member, members[i + 1].Parameter) : null;
            int after = next == minor ? end : DataModel.Align(end, DataModel.Alignment);
            string doc = DocText.Of(member).Summary is { Length: > 0 } own ? own : DocText.Of(type).Parameter(parameter?.Name ?? member.Name);
            string name = CNames.Member(member.Name);
            name = hasCases && s_ofBases.Contains(name) ? name + "_" : name;
            if (read.FirstOrDefault(m => m.CName == name) is { } same)
            {
                problems.Add(new Problem(ContractRules.Name, Places.Of(member), same.Name, member.Name, name));
            }

            read.Add(new DataMemberModel(member.Name, name, shape, minor, offset, after, after - end, parameter?.Name, doc));
            offset = after;
        }

        return read;
    }
}
