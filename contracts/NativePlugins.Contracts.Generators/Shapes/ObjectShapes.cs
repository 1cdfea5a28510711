using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>An object of the caller's that is the callee's from then on: as an np_object.</summary>
internal sealed record ObjectParameter(ContractReference Contract, bool IsOptional) : ParameterShape
{
    public override string Declared => Contract.FullName + (IsOptional ? "?" : "");

    public override string Signature => $"owned contract {Contract.ServiceId}{(IsOptional ? "?" : "")}";

    public override IReadOnlyList<string> Native => ["void*"];

    public override bool CallsBack => true;

    public override bool IsHandedOver => true;

    public override ContractReference? Reference => Contract;

    public override IEnumerable<string> C(string name) => [$"const np_object *{name}"];

    public override string Note(bool isAsync) =>
        $"Of {Contract.ServiceId} ({Contract.CName}). The callee's once the function has returned NP_OK.{(IsOptional ? " NULL when there is none." : " Never NULL.")}";

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        string given = $"{ContractSource.Interop}.GivenContract<{Contract.FullName}>", literal = ContractSource.Literal(name);
        code.Line(isAsync
            ? $"nint __given_{name} = __call.Give<{Contract.FullName}>(@{name}, {literal}, {Bool(IsOptional)});"
            : $"using {given} __given_{name} = new {given}(@{name}, __link.Side, {literal}, {Bool(IsOptional)});");
    }

    public override IEnumerable<string> Passed(string name, bool isAsync) => [isAsync ? $"(void*)__given_{name}" : $"(void*)__given_{name}.Native"];

    public override void WriteSucceeded(CodeText code, string name, string call) => code.Line($"__given_{name}.Keep();");

    public override void WriteTaking(CodeText code, string name)
    {
        string received = $"{ContractSource.Interop}.ReceivedContract<{Contract.FullName}>";
        code.Line($"using {received} __received_{name} = new {received}((nint)__context, (nint)@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)});");
    }

    public override string Taken(string name, bool isAsync) =>
        (isAsync ? $"__answer.Receive<{Contract.FullName}>(@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)})" : $"__received_{name}.Contract")
        + (IsOptional ? "" : "!");

    public override void WriteKept(CodeText code, string name) => code.Line($"__received_{name}.Keep();");
}

/// <summary>An object of the callee's that is the caller's from then on: put, as an np_object.</summary>
internal sealed record ObjectResult(ContractReference Contract, bool IsOptional) : ResultShape
{
    public override string Declared => Contract.FullName + (IsOptional ? "?" : "");

    public override string Signature => $"owned contract {Contract.ServiceId}{(IsOptional ? "?" : "")}";

    public override string? Native => "void*";

    public override string? C => "const np_sink *result";

    public override string Form => $"one np_object of {Contract.ServiceId}, which is the caller's then{(IsOptional ? ", or NULL for null" : "")} ({Contract.CName}_put)";

    public override string FormLater => Form.Replace("_put)", "_complete)");

    public override bool CallsBack => true;

    public override ContractReference? Reference => Contract;

    public override string Async => $"{Declared}, {ContractSource.Interop}.{(IsOptional ? "OptionalObjectShape" : "ObjectShape")}<{Contract.FullName}>";

    public override string? Taking =>
        $"using {ContractSource.Interop}.ObjectResult<{Contract.FullName}> __result = {ContractSource.Interop}.ObjectResult<{Contract.FullName}>.Rent(__link.Side);";

    public override string? Passed => "(void*)__result.Native";

    public override string? Check => $"{ContractSource.Interop}.ContractThunk.RequireSink(__result);";

    public override string? Refusing(string call) => $"__result.ThrowIfRefused({call});";

    public override string Returning(string call) => $"return __result.Take({call}, {(IsOptional ? "true" : "false")}){(IsOptional ? "" : "!")};";

    public override string Giving(string call) =>
        $"int __status = {ContractSource.Interop}.ObjectThunk.Put<{Contract.FullName}>(__context, __result, {call}, {(IsOptional ? "true" : "false")});";
}
