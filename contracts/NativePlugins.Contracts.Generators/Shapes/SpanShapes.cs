using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>Elements in memory of the caller's: a span, and in an asynchronous member a memory.</summary>
internal sealed record SpanParameter(ElementModel Element, bool IsReadOnly, bool IsMemory) : ParameterShape
{
    /// <summary>The type without its element.</summary>
    public static string NameOf(bool isReadOnly, bool isMemory) => (isReadOnly, isMemory) switch
    {
        (true, true) => "ReadOnlyMemory",
        (true, false) => "ReadOnlySpan",
        (false, true) => "Memory",
        (false, false) => "Span",
    };

    public override string Declared => $"global::System.{NameOf(IsReadOnly, IsMemory)}<{Element.CSharp}>";

    public override string Signature => $"{(IsReadOnly ? "readonly " : "")}{(IsMemory ? "memory" : "span")}<{Element.Signature}>";

    public override IReadOnlyList<string> Native => [$"{Element.CSharp}*", "nuint"];

    public override string CType => Element.C;

    public override IEnumerable<string> C(string name) => [$"{(IsReadOnly ? "const " : "")}{Element.C} *{name}", $"size_t {name}{Length}"];

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        if (IsMemory)
        {
            code.Line($"nint __pinned_{name} = __call.Pin<{Element.CSharp}>(@{name});");
        }
    }

    public override string? Pin(string name) => IsMemory ? null : $"{Element.CSharp}* __pin_{name} = @{name}";

    public override IEnumerable<string> Passed(string name, bool isAsync) =>
        [IsMemory ? $"({Element.CSharp}*)__pinned_{name}" : $"__pin_{name}", $"(nuint)@{name}.Length"];

    public override string Taken(string name, bool isAsync) =>
        $"{(IsMemory ? "__answer.Memory" : $"{ContractSource.Interop}.ContractThunk.Span")}<{Element.CSharp}>(@{name}, __length_{name}, {ContractSource.Literal(name)})";
}

/// <summary>An array as a result: its elements, one after the other, through a sink.</summary>
internal sealed record ArrayResult(ElementModel Element) : ResultShape
{
    public override string Declared => $"{Element.CSharp}[]";

    public override string Signature => $"array<{Element.Signature}>";

    public override string? Native => "void*";

    public override string? C => "const np_sink *result";

    public override string CType => Element.C;

    public override string Form => $"elements of type {Element.C}, one after the other";

    public override bool CallsBack => true;

    public override string Async => $"{Element.CSharp}[], {ContractSource.Interop}.ArrayShape<{Element.CSharp}>";

    public override string? Taking => $"using {ContractSource.Interop}.ArrayResult<{Element.CSharp}> __result = {ContractSource.Interop}.ArrayResult<{Element.CSharp}>.Rent();";

    public override string? Passed => "(void*)__result.Native";

    public override string Returning(string call) => $"return __result.Take(__link.Side, {call});";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.RequireSink(__result);";

    public override string Giving(string call) => $"int __status = {ContractSource.Interop}.ContractThunk.Write<{Element.CSharp}>(__result, {call});";
}
