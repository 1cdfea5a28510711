using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>One function of a table in Rust.</summary>
internal sealed class RustMember
{
    private readonly MemberModel _member;
    private readonly RustTypes _types;

    public RustMember(MemberModel member, RustTypes types)
    {
        (_member, _types) = (member, types);
        Parameters = [.. member.Parameters.Select(parameter => RustParameter.Of(parameter, member.Result.IsAsync, types))];
    }

    public IReadOnlyList<RustParameter> Parameters { get; }

    public ResultModel Result => _member.Result;

    public string Name => RustNames.Ident(_member.CName);

    public MemberModel Model => _member;

    /// <summary>The type that the trait's method returns; null when it puts its result.</summary>
    public string? Returned => Result.IsAsync ? null : RustResult.Returned(Result.Shape, _types);

    public string Kind => RustResult.Kind(Result.Shape, _types);

    public string TableOf(ContractReference contract) => $"{_types.Names.Trait(contract)}Table";

    public string TargetOf(DataShape data, string lifetime = "'_") => _types.Target(data, lifetime);

    /// <summary>The arguments of the function in the table.</summary>
    public IEnumerable<(string Name, string Type)> Native =>
    [
        ("context", "*mut c_void"),
        .. Parameters.SelectMany(p => p.Native),
        .. RustResult.Native(Result, _types) is { } result ? [(Result.IsAsync ? "completion" : "result", result)] : (IEnumerable<(string, string)>)[],
        ("error", "*const np_error_sink"),
    ];

    /// <summary>The type of the function in the table.</summary>
    public string Pointer => $"extern \"C\" fn({string.Join(", ", Native.Select(argument => argument.Type))}) -> i32";

    /// <summary>The trait's method, without what follows it.</summary>
    public string Signature
    {
        get
        {
            List<string> parameters = ["&self", .. Parameters.SelectMany(p => p.Declared).Select(d => $"{d.Name}: {d.Type}")];
            string returned = "";
            if (Result.IsAsync)
            {
                parameters.Add($"completion: np::Completion<{Kind}>");
            }
            else if (Returned is { } type)
            {
                returned = $" -> Result<{type}, Error>";
            }
            else
            {
                parameters.Add($"result: np::Put<'_, {Kind}>");
                returned = " -> Result<np::Done, Error>";
            }

            return HeaderComment.Wrap($"    fn {Name}(", parameters, $"){returned}");
        }
    }

    /// <summary>The documentation.</summary>
    public void WriteDoc(CodeText code)
    {
        RustDoc.Write(code, _member.Doc, "    ");
        foreach (ParameterModel parameter in _member.Parameters.Where(p => p.Doc.Length > 0))
        {
            RustDoc.Write(code, $"{parameter.CName}: {parameter.Doc}", "    ");
        }

        string since = _member.Minor > 0 ? $"Since minor version {_member.Minor}." : "";
        foreach (string text in new[] { Result.Doc.Length > 0 ? $"Result: {Result.Doc}" : "", since })
        {
            RustDoc.Write(code, text, "    ");
        }
    }
}
