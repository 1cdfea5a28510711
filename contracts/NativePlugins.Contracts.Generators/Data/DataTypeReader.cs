using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads a type with [PluginData]: its members, the order that they have in C, and the constructor that takes them.</summary>
internal sealed class DataTypeReader(DataShapeReader shapes, List<Problem> problems)
{
    // What begins every struct, and the number to whose multiples each minor version is padded: all later ones can be appended then.
    private const int Prefix = 4;
    private const int Alignment = 8;

    /// <summary>The model; null when there is a problem.</summary>
    /// <param name="firstMinor">The first minor version of the contract that has it.</param>
    public DataModel? Read(INamedTypeSymbol type, int firstMinor = 0)
    {
        int before = problems.Count;
        if (Obstacle(type) is { } obstacle)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, obstacle));
            return null;
        }

        IMethodSymbol? constructor = Constructor(type);
        if (constructor is null)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, "has no public constructor whose parameters are all members: add one, or one without parameters"));
            return null;
        }

        (ISymbol Member, IParameterSymbol? Parameter)[] members = [.. Members(type, constructor).OrderBy(m => MinorOf(m.Member, m.Parameter))];
        if (members.Length == 0 && problems.Count == before)
        {
            problems.Add(new Problem(ContractRules.Data, Places.Of(type), type.Name, "has no public properties or fields"));
        }

        List<DataMemberModel> read = Layout(type, members);
        return problems.Count > before ? null : new DataModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            $"partial {(type.IsRecord ? type.IsValueType ? "record struct" : "record" : type.IsValueType ? "struct" : "class")} {NativeTypes.Escape(type.Name)}",
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            CNames.Type(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
            type.IsReferenceType,
            new Sequence<DataMemberModel>(read),
            firstMinor,
            DocText.Of(type).Summary);
    }

    private static string? Obstacle(INamedTypeSymbol type) =>
        type.IsGenericType ? "is generic: write a type for each case"
        : type.ContainingType is not null ? "is nested in another type: move it out"
        : type.IsFileLocal ? "is a file-local type"
        : type.IsRefLikeType ? "is a ref struct, which cannot be in a list: remove ref"
        : type.IsAbstract ? "is abstract: what arrives is always one type; use one with a nullable member for each case"
        : type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent ? $"derives from '{parent.Name}': write its members here"
        : !IsPartial(type) ? "is not partial"
        : null;

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Length == 0
        || type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // The one that takes most members. The constructor that copies a record takes none.
    private static IMethodSymbol? Constructor(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(c => c.DeclaredAccessibility == Accessibility.Public && c.Parameters.All(p => p.RefKind == RefKind.None && MemberOf(type, p) is not null))
        .OrderByDescending(c => c.Parameters.Length).FirstOrDefault();

    private static ISymbol? MemberOf(INamedTypeSymbol type, IParameterSymbol parameter) => Candidates(type).FirstOrDefault(member =>
        string.Equals(member.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.IncludeNullability.Equals(TypeOf(member), parameter.Type));

    private static IEnumerable<ISymbol> Candidates(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
            and (IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } or IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false }));

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    // The constructor's first, in its order; then the others as they are declared. A property that is computed is none.
    private IEnumerable<(ISymbol Member, IParameterSymbol? Parameter)> Members(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        var taken = new List<ISymbol>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            ISymbol member = MemberOf(type, parameter)!;
            taken.Add(member);
            yield return (member, parameter);
        }

        foreach (ISymbol member in Candidates(type).Where(member => !taken.Contains(member, SymbolEqualityComparer.Default)))
        {
            if (member is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false })
            {
                yield return (member, null);
            }
            else if (member is IFieldSymbol || type.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, member)))
            {
                problems.Add(new Problem(ContractRules.Data, Places.Of(member), $"{type.Name}.{member.Name}", "cannot be set when it arrives: give it init, or the constructor a parameter of its name and type"));
            }
        }
    }

    private List<DataMemberModel> Layout(INamedTypeSymbol type, (ISymbol Member, IParameterSymbol? Parameter)[] members)
    {
        var read = new List<DataMemberModel>();
        int offset = Prefix;
        for (int i = 0; i < members.Length; i++)
        {
            (ISymbol member, IParameterSymbol? parameter) = members[i];
            int minor = MinorOf(member, parameter);
            if (minor is < 0 or > 65535 || (minor > 0 && !HasDefault(member, parameter)))
            {
                problems.Add(minor is < 0 or > 65535
                    ? new Problem(ContractRules.Minor, Places.Of(member), member.Name, minor, "and minor versions are 1 to 65535")
                    : new Problem(ContractRules.NoDefault, Places.Of(member), member.Name, minor));
                continue;
            }

            if (shapes.Read(TypeOf(member), PlaceOf(member), member, $"as the member '{member.Name}' of '{type.Name}'") is not { } shape)
            {
                continue;
            }

            offset = Align(offset, shape.Alignment);
            int end = offset + shape.Size;
            int? next = i + 1 < members.Length ? MinorOf(members[i + 1].Member, members[i + 1].Parameter) : null;
            int after = next == minor ? end : Align(end, Alignment);
            string doc = DocText.Of(member).Summary is { Length: > 0 } own ? own : DocText.Of(type).Parameter(parameter?.Name ?? member.Name);
            read.Add(new DataMemberModel(member.Name, CNames.Member(member.Name), shape, minor, offset, after, after - end, parameter?.Name, doc));
            if (read.FirstOrDefault(m => m.CName == CNames.Member(member.Name) && m.Name != member.Name) is { } same)
            {
                problems.Add(new Problem(ContractRules.Name, Places.Of(member), same.Name, member.Name, same.CName));
            }

            offset = after;
        }

        return read;
    }

    private static bool HasDefault(ISymbol member, IParameterSymbol? parameter) =>
        parameter is not null ? parameter.HasExplicitDefaultValue : member is IPropertySymbol { IsRequired: false } or IFieldSymbol { IsRequired: false };

    private static int MinorOf(ISymbol member, IParameterSymbol? parameter) =>
        (member.FindAttribute(MemberReader.MinorName) ?? parameter?.FindAttribute(MemberReader.MinorName))?.FirstArgument() is int minor ? minor : 0;

    private static TypeSyntax? PlaceOf(ISymbol member) => member is IFieldSymbol field ? Places.TypeOf(field) : member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        _ => null,
    };

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
