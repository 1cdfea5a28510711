using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>A delegate of the caller's, as a table of one function.</summary>
internal sealed record CallbackParameter(ContractModel Model, bool IsOptional) : ParameterShape
{
    public override string Declared => Model.Callback!.Delegate + (IsOptional ? "?" : "");

    public override string Signature => SignatureText.OfCallback(Model, IsOptional ? "callback?" : "callback");

    public override IReadOnlyList<string> Native => ["void*"];

    public override string CType => Model.CName;

    public override bool CallsBack => true;

    public override ContractModel? Callback => Model;

    private string Class => Model.Callback!.Class;

    public override IEnumerable<string> C(string name) => [$"const {Model.CName} *{name}"];

    public override string Note(bool isAsync) => IsOptional ? "NULL when there is none." : "Never NULL.";

    public override void WriteLending(CodeText code, string name, bool isAsync) => code.Line(isAsync
        ? $"nint __lent_{name} = __call.Lend<{Model.FullName}>({Class}.Of(@{name}), {ContractSource.Literal(name)}, {Bool(IsOptional)});"
        : $"using {ContractSource.Interop}.LentContract __lent_{name} = {ContractSource.Interop}.LentContract.Of<{Model.FullName}>({Class}.Of(@{name}), __link.Side, {ContractSource.Literal(name)}, {Bool(IsOptional)});");

    public override IEnumerable<string> Passed(string name, bool isAsync) => [isAsync ? $"(void*)__lent_{name}" : $"(void*)__lent_{name}.Table"];

    public override void WriteTaking(CodeText code, string name)
    {
        string borrowed = $"{ContractSource.Interop}.BorrowedContract<{Model.FullName}>";
        code.Line($"using {borrowed} __borrowed_{name} = new {borrowed}((nint)__context, (nint)@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)});");
    }

    public override string Taken(string name, bool isAsync)
    {
        string contract = isAsync ? $"__answer.Borrow<{Model.FullName}>(@{name}, {ContractSource.Literal(name)}, {Bool(IsOptional)})" : $"__borrowed_{name}.Contract";
        return $"{Class}.ToDelegate({contract}){(IsOptional ? "" : "!")}";
    }
}
