using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads an interface with [PluginContract], for the generator and for the analyzer.</summary>
internal sealed class ContractReader
{
    private const string MinorName = "NativePlugins.Contracts.ContractMinorAttribute";
    private const string FastCallName = "NativePlugins.Contracts.FastCallAttribute";
    private const string AddedName = "NativePlugins.Contracts.IPluginContract<TSelf>";

    private static readonly Regex s_id = new(@"^(?=.{3,64}\z)(?!np\.)[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\z", RegexOptions.CultureInvariant);

    private readonly List<Problem> _problems = [];
    private readonly TypeReader _types;

    private ContractReader() => _types = new TypeReader(_problems);

    /// <summary>The model of a contract; null when there is a problem.</summary>
    public static ContractModel? Read(INamedTypeSymbol type, AttributeData attribute, out IReadOnlyList<Problem> problems)
    {
        var reader = new ContractReader();
        ContractModel model = reader.ReadContract(type, attribute);
        if (reader._problems.Count == 0)
        {
            reader._problems.AddRange(NameCheck.Of(model, type));
        }

        problems = reader._problems;
        return problems.Count == 0 ? model : null;
    }

    private ContractModel ReadContract(INamedTypeSymbol type, AttributeData attribute)
    {
        CheckShape(type);
        (string id, int major) = ContractAttribute.IdOf(attribute);
        if (!s_id.IsMatch(id) || major is < 1 or > 65535)
        {
            _problems.Add(new Problem(
                ContractRules.Id, Places.OfAttribute(attribute, type), s_id.IsMatch(id) ? $"{major} is no major version" : $"\"{id}\" is no contract id"));
        }

        var members = new List<MemberModel>();
        foreach (ISymbol member in type.GetMembers())
        {
            if (IsSlot(member) && ReadMember((IMethodSymbol)member) is { } read)
            {
                CheckName(members, read, member);
                CheckMinor(members, read, (IMethodSymbol)member);
                members.Add(read);
            }
        }

        return new ContractModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            id,
            major,
            attribute.NamedArgument("Threading") is int and 1,
            new Sequence<MemberModel>(members),
            new Sequence<TypeModel>(_types.Declared),
            DocText.Of(type).Summary);
    }

    private void CheckShape(INamedTypeSymbol type)
    {
        bool isPartial = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>()
            .All(d => d.Modifiers.Any(m => m.IsKind(SyntaxKind.PartialKeyword)));
        string? obstacle = type.ContainingType is not null ? "is inside another type"
            : type.IsGenericType ? "is generic"
            : type.IsFileLocal ? "is a file-local type"
            : !isPartial ? "is not partial"
            : type.Interfaces.FirstOrDefault(i => i.OriginalDefinition.ToDisplayString() != AddedName) is { } parent ? $"derives from '{parent.Name}'"
            : null;
        if (obstacle is not null)
        {
            _problems.Add(new Problem(ContractRules.Shape, Places.Of(type), type.Name, obstacle));
        }
    }

    /// <summary>Whether a member is a function of the table. One that is neither that nor a helper is a problem.</summary>
    private bool IsSlot(ISymbol member)
    {
        switch (member)
        {
            case { IsStatic: true, IsAbstract: false, IsVirtual: false } or INamedTypeSymbol or IFieldSymbol:
            case IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }:
            case { IsAbstract: false, IsVirtual: false }:
                return false;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public }:
                return true;
        }

        (string what, string instead) = member switch
        {
            IPropertySymbol { IsIndexer: true } => ("An indexer", "use a method with the index as a parameter"),
            IPropertySymbol property => ($"The property '{property.Name}'", $"use a method such as Get{property.Name}()"),
            IEventSymbol source => ($"The event '{source.Name}'", "take a parameter that is a contract of the caller's, and call that"),
            IMethodSymbol { IsGenericMethod: true } => ($"The generic method '{member.Name}'", "use a method for each type"),
            { IsStatic: true } => ($"The static member '{member.Name}'", "a contract is called on an object: remove static"),
            _ => ($"'{member.Name}'", "its members are public: remove the modifier, or add sealed to a helper"),
        };
        _problems.Add(new Problem(ContractRules.Member, Places.Of(member), what, instead));
        return false;
    }

    private MemberModel? ReadMember(IMethodSymbol method)
    {
        int before = _problems.Count;
        DocText doc = DocText.Of(method);
        bool isFastCall = method.FindAttribute(FastCallName) is not null;
        ResultModel? result = _types.Result(method, doc);
        bool isAsync = result?.IsAsync ?? TypeReader.IsAsync(method.ReturnType);
        var parameters = new List<ParameterModel>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (_types.Parameter(parameter, isAsync, doc) is { } read)
            {
                if (parameters.FirstOrDefault(p => p.SharedCName(read) is not null) is { } same)
                {
                    _problems.Add(new Problem(ContractRules.Name, Places.Of(parameter), same.Name, read.Name, same.SharedCName(read)!));
                }

                if (read.Kind == ParameterKind.Cancellation && parameters.Any(p => p.Kind == ParameterKind.Cancellation))
                {
                    _problems.Add(TypeReader.TypeProblem(
                        Places.TypeOf(parameter), parameter, parameter.Type, "twice in one member", "one CancellationToken for the call"));
                }

                CheckFastCall(isFastCall, read, parameter);
                parameters.Add(read);
            }
        }

        if (isFastCall && result is { } r && (r.IsAsync || r.Kind is ResultKind.Text or ResultKind.Array))
        {
            _problems.Add(new Problem(
                ContractRules.FastCall, Places.ResultOf(method)?.GetLocation() ?? Places.Of(method), method.ReturnType.ToDisplayString(),
                r.IsAsync ? "an asynchronous call completes by a call back" : "the result comes by a call back"));
        }

        return result is null || _problems.Count > before ? null : new MemberModel(
            method.Name, CNames.Function(method.Name), MinorOf(method), isFastCall, new Sequence<ParameterModel>(parameters), result, doc.Summary);
    }

    private void CheckFastCall(bool isFastCall, ParameterModel read, IParameterSymbol parameter)
    {
        if (isFastCall && read.Kind is ParameterKind.Contract or ParameterKind.Cancellation)
        {
            _problems.Add(new Problem(
                ContractRules.FastCall, Places.TypeOf(parameter)?.GetLocation() ?? Places.Of(parameter), parameter.Type.ToDisplayString(), "the other side calls it back"));
        }
    }

    private void CheckName(List<MemberModel> members, MemberModel read, ISymbol member)
    {
        if (members.FirstOrDefault(m => m.CName == read.CName) is { } same)
        {
            _problems.Add(new Problem(ContractRules.Name, Places.Of(member), same.Name, read.Name, read.CName));
        }
    }

    private void CheckMinor(List<MemberModel> members, MemberModel read, IMethodSymbol method)
    {
        int last = members.Count == 0 ? 0 : members[members.Count - 1].Minor;
        AttributeData? attribute = method.FindAttribute(MinorName);
        string? mistake = attribute is not null && read.Minor is < 1 or > 65535 ? "and minor versions are 1 to 65535"
            : read.Minor < last ? $"and comes after a member of minor version {last}"
            : read.Minor > last + 1 ? $"and the one before is of minor version {last}"
            : null;
        if (mistake is not null)
        {
            _problems.Add(new Problem(
                ContractRules.Minor, attribute is null ? Places.Of(method) : Places.OfAttribute(attribute, method), method.Name, read.Minor, mistake));
        }

        if (read.Minor > 0 && method.IsAbstract)
        {
            _problems.Add(new Problem(ContractRules.NoDefault, Places.Of(method), method.Name, read.Minor));
        }
    }

    private static int MinorOf(IMethodSymbol method) =>
        method.FindAttribute(MinorName)?.FirstArgument() is int minor ? minor : 0;
}
