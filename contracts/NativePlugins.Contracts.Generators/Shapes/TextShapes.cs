using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>A string: UTF-8, encoded for the time of the call.</summary>
internal sealed record TextParameter : ParameterShape
{
    public override string Declared => "string";

    public override string Signature => "string";

    public override IReadOnlyList<string> Native => ["sbyte*", "nuint"];

    public override IEnumerable<string> C(string name) => [$"const char *{name}", $"size_t {name}{Length}"];

    public override string Note(bool isAsync) => isAsync ? "Borrowed until the function returns." : "";

    public override void WriteEncoding(CodeText code, string name)
    {
        const string Argument = $"{ContractSource.Interop}.Utf8Argument";
        code.Line($"using {Argument} __text_{name} = new {Argument}(@{name}, {ContractSource.Literal(name)}, stackalloc byte[{Argument}.StackSize]);");
    }

    public override string? Pin(string name) => $"byte* __pin_{name} = __text_{name}.Bytes";

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"(sbyte*)__pin_{name}", $"(nuint)__text_{name}.Bytes.Length"];

    public override string Taken(string name, bool isAsync) =>
        $"{ContractSource.Interop}.ContractThunk.Text(@{name}, __length_{name}, {ContractSource.Literal(name)})";
}

/// <summary>A string as a result: through a sink, and decoded once.</summary>
internal sealed record TextResult : ResultShape
{
    public override string Declared => "string";

    public override string Signature => "string";

    public override string? Native => "void*";

    public override string? C => "const np_sink *result";

    public override string Form => "UTF-8";

    public override bool CallsBack => true;

    public override string Async => $"string, {ContractSource.Interop}.TextShape";

    public override string? Taking => $"using {ContractSource.Interop}.TextResult __result = {ContractSource.Interop}.TextResult.Rent();";

    public override string? Passed => "(void*)__result.Native";

    public override string Returning(string call) => $"return __result.Take(__link.Side, {call});";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.RequireSink(__result);";

    public override string Giving(string call) => $"int __status = {ContractSource.Interop}.ContractThunk.Write(__result, {call});";
}
