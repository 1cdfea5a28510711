using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>How data crosses in each position.</summary>
internal static class DataPositions
{
    public static ParameterShape Parameter(DataShape data) =>
        data.IsText ? new DataTextParameter(data)
        : data is { Number: not null, Inner: null } ? new NumberParameter(data)
        : new DataParameter(data);

    public static ResultShape Result(DataShape data) => data.HasPointers ? new DataResult(data) : new FlatResult(data);
}

/// <summary>Data that is a number in C, by value.</summary>
internal sealed record NumberParameter(DataShape Data) : ParameterShape
{
    public override DataShape? Content => Data;

    public override string Declared => Data.CSharp;

    public override string Signature => Data.Signature;

    public override IReadOnlyList<string> Native => [Data.Number!];

    public override IEnumerable<string> C(string name) => [$"{Data.C} {name}"];

    public override string Note(bool isAsync) => Data.Meaning;

    // It may throw, which must not happen while the table is leased.
    public override void WriteEncoding(CodeText code, string name) =>
        code.Line($"{Data.Number} __data_{name} = {ContractSource.Interop}.DataCalls.ToNumber<{Data.CSharp}, {Data.Runtime}, {Data.Number}>(@{name});");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"__data_{name}"];

    public override string Taken(string name, bool isAsync) =>
        $"{ContractSource.Interop}.DataThunk.FromNumber<{Data.CSharp}, {Data.Runtime}, {Data.Number}>(__context, @{name}, {ContractSource.Literal(name)})";
}

/// <summary>A text that may be null, and what is a text in C: a pointer and a length.</summary>
internal sealed record DataTextParameter(DataShape Data) : ParameterShape
{
    public override DataShape? Content => Data;

    public override string Declared => Data.CSharp;

    public override string Signature => Data.Signature;

    public override IReadOnlyList<string> Native => ["sbyte*", "nuint"];

    public override bool UsesArena => true;

    public override IEnumerable<string> C(string name) => [$"const char *{name}", $"size_t {name}{Length}"];

    public override string Note(bool isAsync) => Join(Data.Meaning, Join(Data.Inner is null ? "" : "NULL is null.", isAsync ? "Borrowed until the function returns." : ""));

    public override void WriteEncoding(CodeText code, string name) =>
        code.Line($"{ContractSource.Interop}.NativeText __text_{name} = __arena.Text<{Data.CSharp}, {Data.Runtime}>(@{name});");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"__text_{name}.Data", $"__text_{name}.Length"];

    public override string Taken(string name, bool isAsync) =>
        $"{ContractSource.Interop}.DataThunk.Text<{Data.CSharp}, {Data.Runtime}>(__context, @{name}, __length_{name}, {ContractSource.Literal(name)})";
}

/// <summary>Data by pointer, which is NULL for null.</summary>
internal sealed record DataParameter(DataShape Data) : ParameterShape
{
    public override DataShape? Content => Data;

    public override string Declared => Data.CSharp;

    public override string Signature => Data.Signature;

    public override IReadOnlyList<string> Native => ["void*"];

    public override string CType => Data.Target;

    public override bool UsesArena => true;

    public override IEnumerable<string> C(string name) => [$"const {Data.Target} *{name}"];

    public override string Note(bool isAsync) => Join(Data.Meaning, Join(Data.Inner is null ? "" : "NULL is null.", isAsync ? "Borrowed until the function returns." : ""));

    public override void WriteEncoding(CodeText code, string name) =>
        code.Line($"nint __data_{name} = __arena.Root<{Data.CSharp}, {Data.Root}>(@{name});");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"(void*)__data_{name}"];

    public override string Taken(string name, bool isAsync) =>
        $"{ContractSource.Interop}.DataThunk.Root<{Data.CSharp}, {Data.Root}>(__context, @{name}, {ContractSource.Literal(name)})";
}

/// <summary>Data without pointers as <c>out</c> or <c>ref</c>: in memory of the caller's.</summary>
internal sealed record DataCellParameter(DataShape Data, bool IsRef) : ParameterShape
{
    public override DataShape? Content => Data;

    public override string Declared => $"{Way} {Data.CSharp}";

    public override string Signature => $"{Way} {Data.Signature}";

    public override IReadOnlyList<string> Native => ["void*"];

    public override string CType => Data.C;

    private string Way => IsRef ? "ref" : "out";

    public override IEnumerable<string> C(string name) => [$"{Data.C} *{name}"];

    public override string Note(bool isAsync) => Join(Data.Meaning, IsRef ? "Read and written to." : "Written to on success.");

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        code.Line($"byte* __cell_{name} = stackalloc byte[{Data.Size}];");
        code.Line($"{ContractSource.Interop}.DataCalls.{(IsRef ? "Write" : "Clear")}<{Data.CSharp}, {Data.Runtime}>({(IsRef ? $"@{name}, " : "")}__cell_{name});");
    }

    public override IEnumerable<string> Passed(string name, bool isAsync) => [$"__cell_{name}"];

    public override void WriteSucceeded(CodeText code, string name, string call) =>
        code.Line($"@{name} = {ContractSource.Interop}.DataCalls.Read<{Data.CSharp}, {Data.Runtime}>(__link.Side, {call}, {ContractSource.Literal(name)}, __cell_{name});");

    public override void WriteCheck(CodeText code, string name) =>
        code.Line($"{ContractSource.Interop}.ContractThunk.Require(@{name}, {ContractSource.Literal(name)});");

    public override void WriteTaking(CodeText code, string name) => code.Line(
        $"{Data.CSharp} __cell_{name}{(IsRef ? $" = {ContractSource.Interop}.DataThunk.Read<{Data.CSharp}, {Data.Runtime}>(__context, @{name}, {ContractSource.Literal(name)})" : "")};");

    public override string Taken(string name, bool isAsync) => $"{Way} __cell_{name}";

    public override void WriteGiving(CodeText code, string name) =>
        code.Line($"{ContractSource.Interop}.DataCalls.Write<{Data.CSharp}, {Data.Runtime}>(__cell_{name}, @{name});");
}

/// <summary>Data without pointers as a result: in memory of the caller's.</summary>
internal sealed record FlatResult(DataShape Data) : ResultShape
{
    public override DataShape? Content => Data;

    public override string Declared => Data.CSharp;

    public override string Signature => Data.Signature;

    public override string? Native => "void*";

    public override string? C => $"{Data.C} *result";

    public override string CType => Data.C;

    public override string Form => Data.Meaning.Length == 0 ? Data.C : $"{Data.C}, {char.ToLowerInvariant(Data.Meaning[0])}{Data.Meaning.Substring(1).TrimEnd('.')}";

    public override string Async => $"{Data.CSharp}, {ContractSource.Interop}.FlatShape<{Data.CSharp}, {Data.Runtime}>";

    public override string? Taking =>
        $"byte* __result = stackalloc byte[{Data.Size}];\n{ContractSource.Interop}.DataCalls.Clear<{Data.CSharp}, {Data.Runtime}>(__result);";

    public override string? Passed => "__result";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.Require(__result, \"result\");";

    public override string Returning(string call) =>
        $"return {ContractSource.Interop}.DataCalls.Read<{Data.CSharp}, {Data.Runtime}>(__link.Side, {call}, \"result\", __result);";

    public override string Giving(string call) => $"{ContractSource.Interop}.DataCalls.Write<{Data.CSharp}, {Data.Runtime}>({call}, __result);";
}

/// <summary>Data with pointers as a result: put, which is to hand a pointer to it to the caller, who copies it before that returns.</summary>
internal sealed record DataResult(DataShape Data) : ResultShape
{
    public override DataShape? Content => Data;

    public override string Declared => Data.CSharp;

    public override string Signature => Data.Signature;

    public override string? Native => "void*";

    public override string? C => "const np_sink *result";

    public override string CType => Data.Target;

    public override string Form => $"one {Data.TargetName}{(Data.Inner is null ? "" : ", or NULL for null")} ({Data.TargetName}_put)";

    public override string FormLater => Form.Replace("_put)", "_complete)");

    public override bool CallsBack => true;

    public override string Async => $"{Data.CSharp}, {ContractSource.Interop}.DataShape<{Data.CSharp}, {Data.Root}>";

    public override string? Taking =>
        $"using {ContractSource.Interop}.DataResult<{Data.CSharp}, {Data.Root}> __result = {ContractSource.Interop}.DataResult<{Data.CSharp}, {Data.Root}>.Rent(__link.Side);";

    public override string? Passed => "(void*)__result.Native";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.RequireSink(__result);";

    public override string? Refusing(string call) => $"__result.ThrowIfRefused({call});";

    public override string Returning(string call) => $"return __result.Take({call});";

    public override string Giving(string call) => $"int __status = {ContractSource.Interop}.DataThunk.Put<{Data.CSharp}, {Data.Root}>(__context, __result, {call});";
}
