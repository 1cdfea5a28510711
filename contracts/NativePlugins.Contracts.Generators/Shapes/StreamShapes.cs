using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>A stream of the caller's that is the callee's from then on: as an np_object.</summary>
internal sealed record StreamParameter(ContractModel Model, bool IsOptional) : ParameterShape
{
    private readonly ObjectParameter _object = new(StreamShapes.Reference(Model), IsOptional);

    public override string Declared => StreamShapes.Declared(Model, IsOptional);

    public override string Signature => StreamShapes.Signature(Model, IsOptional);

    public override IReadOnlyList<string> Native => ["void*"];

    public override bool CallsBack => true;

    public override bool IsHandedOver => true;

    public override ContractModel? Callback => Model;

    public override IEnumerable<string> C(string name) => _object.C(name);

    public override string Note(bool isAsync) =>
        $"A stream, whose table is a {Model.CName}. The callee's once the function has returned NP_OK.{(IsOptional ? " NULL when there is none." : " Never NULL.")}";

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        string given = $"{ContractSource.Interop}.GivenContract<{Model.FullName}>", literal = ContractSource.Literal(name), source = $"{Model.Callback!.Class}.Of(@{name})";
        code.Line(isAsync
            ? $"nint __given_{name} = __call.Give<{Model.FullName}>({source}, {literal}, {Bool(IsOptional)});"
            : $"using {given} __given_{name} = new {given}({source}, __link.Side, {literal}, {Bool(IsOptional)});");
    }

    public override IEnumerable<string> Passed(string name, bool isAsync) => _object.Passed(name, isAsync);

    public override void WriteSucceeded(CodeText code, string name, string call) => _object.WriteSucceeded(code, name, call);

    public override void WriteTaking(CodeText code, string name) => _object.WriteTaking(code, name);

    public override string Taken(string name, bool isAsync) =>
        $"{Model.Callback!.Class}.ToItems({_object.Taken(name, isAsync).TrimEnd('!')}){(IsOptional ? "" : "!")}";

    public override void WriteKept(CodeText code, string name) => _object.WriteKept(code, name);
}

/// <summary>A stream of the callee's that is the caller's from then on: put, as an np_object.</summary>
internal sealed record StreamResult(ContractModel Model, bool IsOptional) : ResultShape
{
    private readonly ObjectResult _object = new(StreamShapes.Reference(Model), IsOptional);

    public override string Declared => StreamShapes.Declared(Model, IsOptional);

    public override string Signature => StreamShapes.Signature(Model, IsOptional);

    public override string? Native => _object.Native;

    public override string? C => _object.C;

    public override string Form => $"one np_object of {Model.CName}, which is the caller's then{(IsOptional ? ", or NULL for null" : "")} ({Model.CName}_put)";

    public override bool CallsBack => true;

    public override ContractModel? Callback => Model;

    public override string Async => _object.Async;

    public override string? Taking => _object.Taking;

    public override string? Passed => _object.Passed;

    public override string? Check => _object.Check;

    public override string? Refusing(string call) => _object.Refusing(call);

    public override string Returning(string call) =>
        $"return {Model.Callback!.Class}.ToItems(__result.Take({call}, {(IsOptional ? "true" : "false")})){(IsOptional ? "" : "!")};";

    public override string Giving(string call) => _object.Giving($"{Model.Callback!.Class}.Of({call})");
}

/// <summary>What both have.</summary>
internal static class StreamShapes
{
    public static ContractReference Reference(ContractModel model) => new(model.FullName, model.ServiceId, model.CName, false);

    public static string Declared(ContractModel model, bool isOptional) =>
        $"global::System.Collections.Generic.IAsyncEnumerable<{model.Callback!.Delegate}>{(isOptional ? "?" : "")}";

    public static string Signature(ContractModel model, bool isOptional)
    {
        string items = model.Members[0].Result.Shape.Signature;
        return $"stream<{items.Substring("list<".Length)}{(isOptional ? "?" : "")}";
    }
}
