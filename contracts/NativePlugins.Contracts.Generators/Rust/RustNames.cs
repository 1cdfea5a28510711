using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The names of a Rust file. A type has the name that it has in C#, without its namespace; where two would have one, or it is one of the
/// standard library's, it has the name of its C struct, in Rust's case.
/// </summary>
internal sealed class RustNames
{
    private static readonly HashSet<string> s_keywords = Split(
        """
        abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in let loop macro match mod
        move mut override priv pub ref return static struct trait true try type typeof unsafe unsized use virtual where while yield
        """);

    // What the generated code says without a path, and what every Rust file knows.
    private static readonly HashSet<string> s_known = Split(
        """
        AsMut AsRef Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err Error ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Into
        IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Self Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec
        """);

    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, string> _traits = [];
    private readonly List<ContractModel> _own = [];

    public RustNames(IReadOnlyList<ContractModel> contracts)
        : this(contracts, s_known, "Table")
    {
    }

    /// <summary>The same for another language that says PascalCase.</summary>
    /// <param name="contracts">All of the file.</param>
    /// <param name="known">The names that no type may have.</param>
    /// <param name="tableEnd">What the name of a contract's table ends with.</param>
    public RustNames(IReadOnlyList<ContractModel> contracts, IEnumerable<string> known, string tableEnd)
    {
        _taken = [.. known];
        foreach ((string cSharp, string c) in contracts.SelectMany(contract => contract.Types.Select(type => (type.CSharp, type.C)).Concat(contract.Data.Select(data => (data.CSharp, data.C)))))
        {
            if (!_types.ContainsKey(c))
            {
                _types.Add(c, Take(Simple(cSharp), c, ""));
            }
        }

        foreach (DataModel data in contracts.SelectMany(contract => contract.Data).Where(data => data.Cases.Count > 0))
        {
            string key = CaseKey(data);
            if (!_types.ContainsKey(key))
            {
                _types.Add(key, Take(_types[data.C] + "Case", key, ""));
            }
        }

        foreach (ContractModel contract in contracts)
        {
            _traits.Add(contract.FullName, Take(Interface(contract.FullName), contract.CName, tableEnd));
        }

        foreach ((ContractModel contract, ContractModel callback) in contracts.SelectMany(contract => OwnCallbacks(contract, contracts).Select(callback => (contract, callback))))
        {
            // test_search_1_find_is_wanted of Search is SearchFindIsWanted.
            _traits.Add(callback.FullName, Take(_traits[contract.FullName] + Pascal(callback.CName.Substring(contract.CName.Length)), callback.CName, tableEnd));
            _own.Add(callback);
        }

        AddInherited(contracts);
    }

    /// <summary>The delegates, handlers and streams that have a trait of their own, each after those that it takes itself.</summary>
    public IReadOnlyList<ContractModel> Callbacks => _own;

    /// <summary>The module of an assembly, and its file without the end .rs.</summary>
    public static string Module(string assembly) => Ident(CNames.Member(assembly.Replace('.', '_').Replace('-', '_')));

    /// <summary>A function, parameter or field.</summary>
    public static string Ident(string name) => s_keywords.Contains(name) ? $"r#{name}" : name;

    /// <summary>Whether a struct or enum is one of the file.</summary>
    public bool Has(string c) => _types.ContainsKey(c);

    /// <summary>A struct or enum, by its C name.</summary>
    public string Type(string c) => _types.TryGetValue(c, out string name) ? name : Pascal(c);

    /// <summary>The enum of the cases of data.</summary>
    public string Cases(DataModel data) => _types[CaseKey(data)];

    /// <summary>The trait of a contract.</summary>
    public string Trait(ContractModel contract) => _traits[contract.FullName];

    /// <summary>The trait of a contract of the file by its full name; null for another one.</summary>
    public string? Trait(string fullName) => _traits.TryGetValue(fullName, out string name) ? name : null;

    /// <summary>The trait of a contract that is taken or returned, which may be in another file.</summary>
    public string Trait(ContractReference contract) => Trait(contract.FullName) ?? $"super::{Module(contract.Assembly)}::{Interface(contract.FullName)}";

    /// <summary>image_size: ImageSize.</summary>
    public static string Pascal(string snake)
    {
        var name = new StringBuilder();
        bool isStart = true;
        foreach (char c in snake)
        {
            name.Append(c == '_' ? "" : isStart ? char.ToUpperInvariant(c).ToString() : c.ToString());
            isStart = c == '_';
        }

        return name.Length == 0 || char.IsDigit(name[0]) ? $"_{name}" : name.ToString();
    }

    // The contract of the file that declares a member: a derived contract has the base's members, and the base's delegates with them.
    private static ContractModel? BaseOf(ContractModel contract, MemberModel member, IReadOnlyList<ContractModel> contracts) =>
        member.Owner == contract.FullName ? null : contracts.FirstOrDefault(other => other.FullName == member.Owner);

    private static IEnumerable<ContractModel> OwnCallbacks(ContractModel contract, IReadOnlyList<ContractModel> contracts) =>
        contract.Members.Where(member => BaseOf(contract, member, contracts) is null).SelectMany(member => member.Callbacks).Distinct();

    private void AddInherited(IReadOnlyList<ContractModel> contracts)
    {
        foreach (ContractModel contract in contracts)
        {
            foreach (MemberModel member in contract.Members)
            {
                if (BaseOf(contract, member, contracts)?.Members.FirstOrDefault(other => other.Name == member.Name && other.CName == member.CName) is { } original)
                {
                    foreach ((ContractModel callback, ContractModel same) in member.Callbacks.Zip(original.Callbacks, (callback, same) => (callback, same)))
                    {
                        _traits[callback.FullName] = _traits[same.FullName];
                    }
                }
            }
        }
    }

    private static string CaseKey(DataModel data) => $"{data.C}_case";

    private static string Simple(string cSharp) => Pascal(CNames.Value(cSharp.Split('.', ':').Last()));

    /// <summary>IImageFilter is an interface in C#, and a trait or a class needs no I.</summary>
    public static string Interface(string fullName)
    {
        string name = fullName.Split('.', ':').Last();
        return Pascal(CNames.Value(name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name));
    }

    private string Take(string name, string c, string end)
    {
        string taken = new[] { name, Pascal(c) }.FirstOrDefault(n => !_taken.Contains(n) && !_taken.Contains(n + end)) ?? Pascal(c);
        while (_taken.Contains(taken) || _taken.Contains(taken + end))
        {
            taken += "_";
        }

        _taken.Add(taken);
        _taken.Add(taken + end);
        return taken;
    }

    private static HashSet<string> Split(string words) => [.. words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
}
