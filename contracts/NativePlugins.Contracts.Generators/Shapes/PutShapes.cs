using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// What has pointers in it, as <c>out</c> or <c>ref</c>: handed over through a sink, as a result is. What <c>ref</c> brings comes before that as
/// an argument.
/// </summary>
/// <param name="Result">How it would cross as a result.</param>
/// <param name="Argument">How it crosses on its way there; null for <c>out</c>.</param>
internal sealed record PutParameter(ResultShape Result, ParameterShape? Argument) : ParameterShape
{
    public override DataShape? Content => Argument?.Content ?? Result.Content;

    public override string Declared => $"{Way} {Result.Declared}";

    public override string Signature => $"{Way} {Result.Signature}";

    public override IReadOnlyList<string> Native => [.. Argument?.Native ?? [], "void*"];

    public override IReadOnlyList<string> CEnds => Argument is null ? [] : [.. Argument.CEnds, "_result"];

    public override string CType => Argument?.CType ?? "";

    public override bool CallsBack => true;

    public override bool UsesArena => Argument?.UsesArena ?? false;

    private string Way => Argument is null ? "out" : "ref";

    public override IEnumerable<string> C(string name) => [.. Argument?.C(name) ?? [], $"const np_sink *{name}{(Argument is null ? "" : "_result")}"];

    public override string Note(bool isAsync) => Argument is null ? $"Takes {Result.Form}." : Join(Argument.Note(isAsync), $"Its new value goes to the sink: {Result.Form}.");

    public override void WriteEncoding(CodeText code, string name) => Argument?.WriteEncoding(code, name);

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        Argument?.WriteLending(code, name, isAsync);
        code.Line($"using {Sink} __put_{name} = {Sink}.Rent({(Result is DataResult ? "__link.Side" : "")});");
    }

    public override string? Pin(string name) => Argument?.Pin(name);

    public override IEnumerable<string> Passed(string name, bool isAsync) => [.. Argument?.Passed(name, isAsync) ?? [], $"(void*)__put_{name}.Native"];

    public override void WriteReturned(CodeText code, string name, string call)
    {
        if (Result is DataResult)
        {
            code.Line($"__put_{name}.ThrowIfRefused({call});");
        }
    }

    public override void WriteSucceeded(CodeText code, string name, string call) =>
        code.Line($"@{name} = __put_{name}.Take({(Result is DataResult ? "" : "__link.Side, ")}{call});");

    public override IEnumerable<string> Arguments(string name) => [.. Argument?.Arguments(name) ?? [], $"__put_{name}"];

    public override void WriteCheck(CodeText code, string name)
    {
        Argument?.WriteCheck(code, name);
        code.Line($"{ContractSource.Interop}.ContractThunk.RequireSink(__put_{name}, {ContractSource.Literal(name)});");
    }

    public override void WriteTaking(CodeText code, string name) =>
        code.Line($"{Result.Declared} __cell_{name}{(Argument is null ? "" : $" = {Argument.Taken(name, isAsync: false)}")};");

    public override string Taken(string name, bool isAsync) => $"{Way} __cell_{name}";

    public override void WriteGiving(CodeText code, string name)
    {
        string put = Result switch
        {
            TextResult => $"ContractThunk.Write(__put_{name}, __cell_{name})",
            ArrayResult array => $"ContractThunk.Write<{array.Element.CSharp}>(__put_{name}, __cell_{name})",
            _ => $"DataThunk.Put<{Result.Content!.CSharp}, {Result.Content.Root}>(__context, __put_{name}, __cell_{name})",
        };
        code.Open($"if ({ContractSource.Interop}.{put} is not 0 and var __refused_{name})");
        code.Line($"return __refused_{name};");
        code.Close();
    }

    private string Sink => ContractSource.Interop + Result switch
    {
        TextResult => ".TextResult",
        ArrayResult array => $".ArrayResult<{array.Element.CSharp}>",
        _ => $".DataResult<{Result.Content!.CSharp}, {Result.Content.Root}>",
    };
}
