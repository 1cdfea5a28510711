using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>Finds the names of a contract that would be in each other's way in its header, and those that cannot be mapped.</summary>
internal static class NameCheck
{
    // Local variables of the generated C#: a parameter of the same name would not compile.
    private static readonly HashSet<string> s_locals =
    [
        "__all", "__answer", "__arena", "__arguments", "__begun", "__call", "__context", "__error", "__exception", "__handler", "__held", "__lease", "__link", "__raise", "__result", "__sender", "__sink", "__status", "__subscriber", "__subscription", "__table", "__target", "__turn", "__turns",
    ];

    private static readonly string[] s_localPrefixes = ["__borrowed_", "__cell_", "__data_", "__given_", "__length_", "__lent_", "__pin_", "__pinned_", "__put_", "__received_", "__refused_", "__text_"];

    public static IEnumerable<Problem> Of(ContractModel contract, INamedTypeSymbol type) =>
        OfTypes(contract, type).Concat(OfData(contract, type)).Concat(OfMacros(contract, type)).Concat(contract.Functions.SelectMany(member => OfMember(contract, member, type)));

    /// <summary>Types and contracts stand in one scope, and the fields of a struct in one with the types that they use.</summary>
    private static IEnumerable<Problem> OfTypes(ContractModel contract, INamedTypeSymbol type)
    {
        var names = new Dictionary<string, string> { [contract.CName] = contract.FullName };
        foreach (ContractReference other in contract.Members.SelectMany(m => m.Contracts))
        {
            if (names.TryGetValue(other.CName, out string? known) && known != other.FullName)
            {
                yield return Same(known, other.FullName, other.CName, Places.Of(type));
            }

            names[other.CName] = other.FullName;
        }

        foreach (ContractModel callback in contract.Callbacks)
        {
            // The skeleton has a function for each member.
            if (names.TryGetValue(callback.CName, out string? known) || (known = contract.Members.FirstOrDefault(m => $"{contract.CName}_{m.CName}" == callback.CName)?.Name) is not null)
            {
                yield return Same(known, callback.Id, callback.CName, Places.Of(type));
            }

            names[callback.CName] = callback.Id;
        }

        foreach (TypeModel declared in contract.Types)
        {
            if (names.TryGetValue(declared.C, out string? known))
            {
                yield return Same(known, declared.CSharp, declared.C, Places.Of(type));
            }

            names[declared.C] = declared.CSharp;
            if (declared.IsEnum)
            {
                continue;
            }

            var fields = new Dictionary<string, string>();
            foreach (FieldModel field in declared.Fields)
            {
                if (fields.TryGetValue(field.CName, out string? first))
                {
                    yield return Same($"{declared.CSharp}.{first}", $"{declared.CSharp}.{field.Name}", field.CName, Places.Of(type));
                }

                fields[field.CName] = field.Name;
                if (declared.Fields.Any(other => other.C == field.CName))
                {
                    yield return Same($"{declared.CSharp}.{field.Name}", NameOf(contract, field.CName), field.CName, Places.Of(type));
                }
            }
        }
    }

    /// <summary>The structs of data and of what they are made of, and the fields of data.</summary>
    private static IEnumerable<Problem> OfData(ContractModel contract, INamedTypeSymbol type)
    {
        var names = new Dictionary<string, string> { [contract.CName] = contract.FullName };
        foreach (TypeModel declared in contract.Types)
        {
            names[declared.C] = declared.CSharp;
        }

        IEnumerable<(string C, string Owner)> structs = contract.Data.Select(d => (d.C, d.CSharp))
            .Concat(contract.Contents.SelectMany(content => content.Declarations).Distinct().Select(d => (d.C, d.C)))
            .Concat(contract.Data.SelectMany(d => HeaderHelpers.NamesOf(d).Distinct()).Select(name => (name, name)));
        foreach ((string c, string owner) in structs)
        {
            if (names.TryGetValue(c, out string? known))
            {
                yield return Same(known, owner, c, Places.Of(type));
            }

            names[c] = owner;
        }

        foreach (DataModel data in contract.Data)
        {
            foreach (IGrouping<string, CaseModel> same in data.Cases.GroupBy(item => item.CName).Where(group => group.Count() > 1))
            {
                yield return Same(same.First().CSharp, same.Last().CSharp, same.Key, Places.Of(type));
            }

            foreach (DataMemberModel member in data.Members)
            {
                string name = $"{data.CSharp}.{member.Name}";
                if (data.Members.Any(other => other.Shape.C == member.CName))
                {
                    yield return Same(name, member.CName, member.CName, Places.Of(type));
                }

                if (HeaderTypes.Declaration(data).Fields.Any(field => field.StartsWith($"uint8_t {member.CName}[", System.StringComparison.Ordinal)))
                {
                    yield return new Problem(ContractRules.Reserved, Places.Of(type), Shown(name), member.CName, "a name of the generated code");
                }
            }
        }
    }

    private static IEnumerable<Problem> OfMacros(ContractModel contract, INamedTypeSymbol type)
    {
        string own = CNames.Macro(contract.CName);
        var macros = new Dictionary<string, string>();
        foreach (string end in new[] { "H", "ID", "MINOR", "PREFIX", "SKELETON" })
        {
            macros[$"{own}_{end}"] = contract.FullName;
        }

        foreach (ContractModel callback in contract.Callbacks)
        {
            foreach (string end in new[] { "MINOR", "PREFIX" })
            {
                macros[$"{CNames.Macro(callback.CName)}_{end}"] = callback.Id;
            }
        }

        foreach (string c in contract.Data.Select(d => d.C).Concat(contract.Contents.SelectMany(content => content.Declarations).Select(d => d.C)))
        {
            macros[$"{CNames.Macro(c)}_DECLARED"] = c;
        }

        foreach ((DataModel data, CaseModel item) in contract.Data.SelectMany(d => d.Cases.Select(item => (d, item))))
        {
            string macro = HeaderCases.Macro(data, item);
            if (macros.TryGetValue(macro, out string? known) && !data.Cases.Any(other => other.CSharp == known))
            {
                yield return Same(known, item.CSharp, macro, Places.Of(type));
            }

            macros[macro] = item.CSharp;
        }

        foreach (TypeModel declared in contract.Types)
        {
            macros[$"{CNames.Macro(declared.C)}_DECLARED"] = declared.CSharp;
        }

        foreach (TypeModel declared in contract.Types.Where(t => t.IsEnum))
        {
            foreach (FieldModel value in declared.Fields)
            {
                string macro = $"{CNames.Macro(declared.C)}_{CNames.Macro(value.CName)}", name = $"{declared.CSharp}.{value.Name}";
                if (ReservedNames.Constants.Contains(macro))
                {
                    yield return new Problem(ContractRules.Reserved, Places.Of(type), Shown(name), macro, "a macro of ISO C's headers");
                }
                else if (macros.TryGetValue(macro, out string? known))
                {
                    yield return Same(known, name, macro, Places.Of(type));
                }

                macros[macro] = name;
            }
        }
    }

    private static IEnumerable<Problem> OfMember(ContractModel contract, MemberModel member, INamedTypeSymbol type)
    {
        Location place = type.GetMembers(member.Name).FirstOrDefault() is { } symbol ? Places.Of(symbol) : Places.Of(type);
        if (contract.Members.SelectMany(TypesOf).Contains(member.CName))
        {
            yield return Same(NameOf(contract, member.CName), member.Name, member.CName, place);
        }

        // In C the name of a parameter hides a type of the same name from the parameters that follow.
        string[] types = [.. TypesOf(member)];
        for (int i = 0; i < member.Parameters.Count; i++)
        {
            ParameterModel parameter = member.Parameters[i];
            IEnumerable<string> later = member.Parameters.Skip(i + 1).Select(p => p.Shape.CType).Append(member.Result.Shape.CType);
            if (later.FirstOrDefault(c => parameter.Names.Contains(c)) is { Length: > 0 } hidden)
            {
                yield return Same(NameOf(contract, hidden), parameter.Name, hidden, place);
            }

            if (s_locals.Contains(parameter.Name) || s_localPrefixes.Any(parameter.Name.StartsWith))
            {
                yield return new Problem(ContractRules.Reserved, place, parameter.Name, parameter.Name, "a name of the generated code");
            }
        }
    }

    private static IEnumerable<string> TypesOf(MemberModel member) =>
        member.Parameters.Select(p => p.Shape.CType).Append(member.Result.Shape.CType).Where(c => c.Length > 0);

    private static string NameOf(ContractModel contract, string cName) =>
        contract.Types.FirstOrDefault(t => t.C == cName)?.CSharp
        ?? contract.Members.SelectMany(m => m.Contracts).FirstOrDefault(other => other.CName == cName)?.FullName
        ?? cName;

    private static Problem Same(string first, string second, string cName, Location place) =>
        new(ContractRules.Name, place, Shown(first), Shown(second), cName);

    private static string Shown(string name) => name.Replace("global::", "");
}
