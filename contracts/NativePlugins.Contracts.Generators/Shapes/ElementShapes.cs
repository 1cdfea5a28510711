using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>A number, a bool or an enum by value.</summary>
internal sealed record ValueParameter(ElementModel Element) : ParameterShape
{
    public override string Declared => Element.CSharp;

    public override string Signature => Element.Signature;

    public override IReadOnlyList<string> Native => [Element.IsBool ? "byte" : Element.Underlying ?? Element.CSharp];

    public override string CType => Element.C;

    public override IEnumerable<string> C(string name) => [$"{Element.C} {name}"];

    public override IEnumerable<string> Passed(string name, bool isAsync) =>
        [Element.IsBool ? $"@{name} ? (byte)1 : (byte)0" : Element.Underlying is { } underlying ? $"({underlying})@{name}" : $"@{name}"];

    public override string Taken(string name, bool isAsync) =>
        Element.IsBool ? $"@{name} != 0" : Element.Underlying is null ? $"@{name}" : $"({Element.CSharp})@{name}";
}

/// <summary>A struct of numbers, by pointer.</summary>
internal sealed record StructParameter(ElementModel Element, bool IsIn) : ParameterShape
{
    public override string Declared => Element.CSharp;

    public override string Signature => Element.Signature;

    public override IReadOnlyList<string> Native => [$"{Element.CSharp}*"];

    public override string CType => Element.C;

    public override IEnumerable<string> C(string name) => [$"const {Element.C} *{name}"];

    public override string Note(bool isAsync) => isAsync ? "Borrowed until the function returns." : "";

    public override string? Pin(string name) => IsIn ? $"{Element.CSharp}* __pin_{name} = &@{name}" : null;

    public override IEnumerable<string> Passed(string name, bool isAsync) => [IsIn ? $"__pin_{name}" : $"&@{name}"];

    public override void WriteCheck(CodeText code, string name) =>
        code.Line($"{ContractSource.Interop}.ContractThunk.Require(@{name}, {ContractSource.Literal(name)});");

    public override string Taken(string name, bool isAsync) => $"*@{name}";
}

/// <summary>What lies in memory as it is, as <c>out</c> or <c>ref</c>.</summary>
internal sealed record CellParameter(ElementModel Element, bool IsRef) : ParameterShape
{
    public override string Declared => $"{Way} {Element.CSharp}";

    public override string Signature => $"{Way} {Element.Signature}";

    public override IReadOnlyList<string> Native => [$"{Element.Cell}*"];

    public override string CType => Element.C;

    private string Way => IsRef ? "ref" : "out";

    public override IEnumerable<string> C(string name) => [$"{Element.C} *{name}"];

    public override string Note(bool isAsync) => IsRef ? "Read and written to." : "Written to on success.";

    public override void WriteLending(CodeText code, string name, bool isAsync) =>
        code.Line($"{Element.Cell} __cell_{name} = {(!IsRef ? "default" : Element.IsBool ? $"@{name} ? (byte)1 : (byte)0" : $"@{name}")};");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"&__cell_{name}"];

    // An out parameter is assigned on every way out; what a call that failed has left in a ref one is not seen.
    public override void WriteReturned(CodeText code, string name, string call)
    {
        if (!IsRef)
        {
            WriteBack(code, name);
        }
    }

    public override void WriteSucceeded(CodeText code, string name, string call)
    {
        if (IsRef)
        {
            WriteBack(code, name);
        }
    }

    public override void WriteCheck(CodeText code, string name) =>
        code.Line($"{ContractSource.Interop}.ContractThunk.Require(@{name}, {ContractSource.Literal(name)});");

    public override void WriteTaking(CodeText code, string name)
    {
        if (Element.IsBool)
        {
            code.Line($"bool __cell_{name}{(IsRef ? $" = *@{name} != 0" : "")};");
        }
    }

    public override string Taken(string name, bool isAsync) => Element.IsBool ? $"{Way} __cell_{name}" : $"{Way} *@{name}";

    public override void WriteGiving(CodeText code, string name)
    {
        if (Element.IsBool)
        {
            code.Line($"*@{name} = __cell_{name} ? (byte)1 : (byte)0;");
        }
    }

    private void WriteBack(CodeText code, string name) => code.Line($"@{name} = __cell_{name}{(Element.IsBool ? " != 0" : "")};");
}

/// <summary>What lies in memory as it is, as a result: written to a place of the caller's.</summary>
internal sealed record ValueResult(ElementModel Element) : ResultShape
{
    public override string Declared => Element.CSharp;

    public override string Signature => Element.Signature;

    public override string? Native => $"{Element.Cell}*";

    public override string? C => $"{Element.C} *result";

    public override string CType => Element.C;

    public override string Form => Element.C;

    public override string Async => Element.IsBool
        ? $"bool, {ContractSource.Interop}.BoolShape"
        : $"{Element.CSharp}, {ContractSource.Interop}.ValueShape<{Element.CSharp}>";

    public override string? Taking => $"{Element.Cell} __result = default;";

    public override string? Passed => "&__result";

    public override string Returning(string call) => Element.IsBool ? "return __result != 0;" : "return __result;";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.Require(__result, \"result\");";

    public override string Giving(string call) => Element.IsBool ? $"*__result = {call} ? (byte)1 : (byte)0;" : $"*__result = {call};";
}
