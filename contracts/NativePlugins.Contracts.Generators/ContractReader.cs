using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads an interface with [PluginContract], for the generator and for the analyzer.</summary>
internal sealed class ContractReader
{
    private static readonly Regex s_id = new(@"^(?=.{3,64}\z)(?!np\.)[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\z", RegexOptions.CultureInvariant);

    private readonly List<Problem> _problems = [];
    private readonly TypeReader _types;
    private readonly MemberReader _reader;
    private bool _hasBadData;

    private ContractReader(INamedTypeSymbol type)
    {
        _types = new TypeReader(type, _problems);
        _reader = new MemberReader(_types, _problems);
    }

    /// <summary>The model of a contract; null when there is a problem, be it one of a base, which is said there.</summary>
    public static ContractModel? Read(INamedTypeSymbol type, AttributeData attribute, out IReadOnlyList<Problem> problems)
    {
        problems = [];
        foreach (INamedTypeSymbol parent in ContractShape.Contracts(type))
        {
            if (Read(parent, ContractAttribute.Of(parent)!, out IReadOnlyList<Problem> _) is null)
            {
                return null;
            }
        }

        var reader = new ContractReader(type);
        ContractModel model = reader.ReadContract(type, attribute);
        if (reader._problems.Count == 0)
        {
            reader._problems.AddRange(NameCheck.Of(model, type));
        }

        problems = reader._problems;
        return problems.Count == 0 && !reader._hasBadData ? model : null;
    }

    private ContractModel ReadContract(INamedTypeSymbol type, AttributeData attribute)
    {
        if (ContractShape.Obstacle(type, attribute) is { } obstacle)
        {
            _problems.Add(new Problem(ContractRules.Shape, Places.Of(type), type.Name, obstacle));
        }

        (string id, int major) = ContractAttribute.IdOf(attribute);
        if (!s_id.IsMatch(id) || major is < 1 or > 65535)
        {
            _problems.Add(new Problem(
                ContractRules.Id, Places.OfAttribute(attribute, type), s_id.IsMatch(id) ? $"{major} is no major version" : $"\"{id}\" is no contract id"));
        }

        var members = new List<MemberModel>();
        IEnumerable<INamedTypeSymbol> owners = ContractShape.Flattened(type).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol[] functions in owners.SelectMany(new ContractSlots(_problems).Of))
        {
            ReadMember(functions, members);
        }

        IReadOnlyList<DataModel> data = ReadData(members);
        CheckGaps(type, members, data);

        return new ContractModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            new Sequence<string>(ContractShape.Outer(type).Select(outer => outer.Name)),
            type.Name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            id,
            major,
            ContractAttribute.IsSerialized(attribute),
            new Sequence<MemberModel>(members),
            new Sequence<TypeModel>(_types.Declared),
            new Sequence<DataModel>(data),
            ContractShape.Outer(type).Append(type).All(t => t.DeclaredAccessibility == Accessibility.Public),
            ContractShape.IsDisposable(type),
            ContractShape.IsAsyncDisposable(type),
            HasExtensionProperties(type),
            DocText.Of(type).Summary);
    }

    private static bool HasExtensionProperties(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions options && (int)options.LanguageVersion >= LeaseSource.LeastForProperties;

    // What is wrong with a getter is wrong with its setter too, and is said once.
    private void ReadMember(IMethodSymbol[] functions, List<MemberModel> members)
    {
        int before = _problems.Count;
        foreach (IMethodSymbol function in functions)
        {
            if (_problems.Count > before || _reader.Read(function) is not { } read)
            {
                return;
            }

            CheckName(members, read, function);
            CheckMinor(members, read, function);
            members.Add(read);
        }
    }

    // What is wrong with data is said where it is declared.
    private IReadOnlyList<DataModel> ReadData(List<MemberModel> members)
    {
        int before = _problems.Count;
        var closure = new DataClosure(_types.Data);
        IReadOnlyList<DataModel> data = closure.Of(members);
        _hasBadData = closure.HasProblem || _problems.Count > before;
        _problems.RemoveRange(before, _problems.Count - before);
        return data;
    }

    private void CheckGaps(INamedTypeSymbol type, List<MemberModel> members, IReadOnlyList<DataModel> data)
    {
        HashSet<int> minors = [0, .. members.Select(m => m.Minor), .. data.SelectMany(d => d.Minors)];
        for (int i = 0; i < members.Count; i++)
        {
            int minor = members[i].Minor;
            if (!minors.Contains(minor - 1) && minor is > 0 and <= 65535 && (i == 0 || members[i - 1].Minor < minor))
            {
                ISymbol member = type.GetMembers(members[i].Property ?? members[i].Event ?? members[i].Name).FirstOrDefault() ?? type;
                AttributeData? attribute = member.FindAttribute(MemberReader.MinorName);
                _problems.Add(new Problem(
                    ContractRules.Minor, attribute is null ? Places.Of(member) : Places.OfAttribute(attribute, member), members[i].Property ?? members[i].Event ?? members[i].Name, minor,
                    $"and the one before is of minor version {(i == 0 ? 0 : members[i - 1].Minor)}"));
            }
        }
    }

    private void CheckName(List<MemberModel> members, MemberModel read, ISymbol member)
    {
        if (members.FirstOrDefault(m => m.CName == read.CName) is { } same)
        {
            _problems.Add(new Problem(ContractRules.Name, Places.Of(member), same.Name, read.Name, read.CName));
        }
    }

    private void CheckMinor(List<MemberModel> members, MemberModel read, IMethodSymbol function)
    {
        ISymbol member = MemberReader.Declared(function);
        int last = members.Count == 0 ? 0 : members[members.Count - 1].Minor;
        AttributeData? attribute = member.FindAttribute(MemberReader.MinorName);
        string? mistake = attribute is not null && read.Minor is < 1 or > 65535 ? "and minor versions are 1 to 65535"
            : read.Minor < last ? $"and comes after a member of minor version {last}"
            : null;
        if (mistake is not null)
        {
            _problems.Add(new Problem(
                ContractRules.Minor, attribute is null ? Places.Of(member) : Places.OfAttribute(attribute, member), member.Name, read.Minor, mistake));
        }

        if (read.Minor > 0 && function.IsAbstract)
        {
            _problems.Add(new Problem(ContractRules.NoDefault, Places.Of(member), member.Name, read.Minor));
        }
    }
}
