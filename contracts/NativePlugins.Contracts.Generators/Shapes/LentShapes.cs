using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>An object of the caller's, as the table of its contract.</summary>
internal sealed record ContractParameter(ContractReference Contract, bool IsOptional) : ParameterShape
{
    public override string Declared => Contract.FullName + (IsOptional ? "?" : "");

    public override string Signature => $"contract {Contract.ServiceId}{(IsOptional ? "?" : "")}";

    public override IReadOnlyList<string> Native => ["void*"];

    public override string CType => Contract.CName;

    public override bool CallsBack => true;

    public override ContractReference? Reference => Contract;

    public override IEnumerable<string> C(string name) => [$"const {(Contract.IsMutual ? "struct " : "")}{Contract.CName} *{name}"];

    public override string Note(bool isAsync) => IsOptional ? "NULL when there is none." : "Never NULL.";

    public override void WriteLending(CodeText code, string name, bool isAsync) => code.Line(isAsync
        ? $"nint __lent_{name} = __call.Lend<{Contract.FullName}>(@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)});"
        : $"using {ContractSource.Interop}.LentContract __lent_{name} = {ContractSource.Interop}.LentContract.Of<{Contract.FullName}>(@{name}, __link.Side, {ContractSource.Literal(name)}, {Bool(IsOptional)});");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [isAsync ? $"(void*)__lent_{name}" : $"(void*)__lent_{name}.Table"];

    public override void WriteTaking(CodeText code, string name)
    {
        string borrowed = $"{ContractSource.Interop}.BorrowedContract<{Contract.FullName}>";
        code.Line($"using {borrowed} __borrowed_{name} = new {borrowed}((nint)__context, (nint)@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)});");
    }

    public override string Taken(string name, bool isAsync) =>
        (isAsync ? $"__answer.Borrow<{Contract.FullName}>(@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)})" : $"__borrowed_{name}.Contract")
        + (IsOptional ? "" : "!");
}

/// <summary>A token of the caller's.</summary>
internal sealed record CancellationParameter : ParameterShape
{
    public override string Declared => "global::System.Threading.CancellationToken";

    public override string Signature => "cancellation";

    public override IReadOnlyList<string> Native => ["void*"];

    public override bool CallsBack => true;

    public override IEnumerable<string> C(string name) => [$"const np_cancellation *{name}"];

    public override string Note(bool isAsync) => "NULL when the call cannot be cancelled.";

    // An asynchronous call has the token from its beginning.
    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        if (!isAsync)
        {
            code.Line($"using {ContractSource.Interop}.LentToken __lent_{name} = new {ContractSource.Interop}.LentToken(@{name});");
        }
    }

    public override IEnumerable<string> Passed(string name, bool isAsync) => [isAsync ? "(void*)__call.Cancellation" : $"(void*)__lent_{name}.Native"];

    public override void WriteTaking(CodeText code, string name) =>
        code.Line($"using {ContractSource.Interop}.BorrowedToken __borrowed_{name} = new {ContractSource.Interop}.BorrowedToken((nint)@{name});");

    public override string Taken(string name, bool isAsync) => isAsync ? "__answer.Token" : $"__borrowed_{name}.Token";
}
