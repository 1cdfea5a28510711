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

    /// <summary>The value of a result without pointers.</summary>
    public string Flat => RustResult.Returned(Result.Shape, _types)!;

    public string TableOf(ContractModel callback) => $"{_types.Callback(callback)}Table";

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

    /// <summary>The handler of an event's accessor; null for anything else.</summary>
    public HandlerParameter? Handler => _member.Parameters.Count == 1 ? _member.Parameters[0].Shape as HandlerParameter : null;

    /// <summary>The parameters of the trait's method.</summary>
    public IEnumerable<(string Name, string Type)> All =>
    [
        .. Parameters.SelectMany(p => p.Declared),
        .. Result.IsAsync ? [("completion", $"np::Completion<{Kind}>")] : Returned is null ? [("result", $"np::Put<'_, {Kind}>")] : (IEnumerable<(string, string)>)[],
    ];

    /// <summary>What the trait's method returns.</summary>
    public string Arrow => Result.IsAsync ? "" : $" -> Result<{Returned ?? "np::Done"}, Error>";

    /// <summary>The trait's method, without what follows it.</summary>
    public string Signature => HeaderComment.Wrap($"    fn {Name}(", All.Select(p => $"{p.Name}: {p.Type}").Prepend("&self"), $"){Arrow}");

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
