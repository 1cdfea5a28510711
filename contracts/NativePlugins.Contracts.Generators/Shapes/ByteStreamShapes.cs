using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>A System.IO.Stream of the caller's that is the callee's from then on: as an np_object of np.stream/1.</summary>
internal sealed record ByteStreamParameter(bool IsOptional) : ParameterShape
{
    private readonly ObjectParameter _object = new(ByteStreamShapes.Reference, IsOptional);

    public override string Declared => ByteStreamShapes.Declared(IsOptional);

    public override string Signature => ByteStreamShapes.Signature(IsOptional);

    public override IReadOnlyList<string> Native => _object.Native;

    public override bool CallsBack => true;

    public override bool IsHandedOver => true;

    public override IEnumerable<string> C(string name) => _object.C(name);

    public override string Note(bool isAsync) =>
        $"A stream of bytes, whose table is an np_stream. The callee's once the function has returned NP_OK.{(IsOptional ? " NULL when there is none." : " Never NULL.")}";

    public override void WriteLending(CodeText code, string name, bool isAsync)
    {
        string given = $"{ContractSource.Interop}.GivenContract<{ByteStreamShapes.Contract}>", literal = ContractSource.Literal(name), source = ByteStreamShapes.Of($"@{name}");
        code.Line(isAsync
            ? $"nint __given_{name} = __call.Give<{ByteStreamShapes.Contract}>({source}, {literal}, {Bool(IsOptional)});"
            : $"using {given} __given_{name} = new {given}({source}, __link.Side, {literal}, {Bool(IsOptional)});");
    }

    public override IEnumerable<string> Passed(string name, bool isAsync) => _object.Passed(name, isAsync);

    public override void WriteSucceeded(CodeText code, string name, string call) => _object.WriteSucceeded(code, name, call);

    public override void WriteTaking(CodeText code, string name) => _object.WriteTaking(code, name);

    public override string Taken(string name, bool isAsync) =>
        $"{ContractSource.Interop}.ByteStreams.ToStream({_object.Taken(name, isAsync).TrimEnd('!')}){(IsOptional ? "" : "!")}";

    public override void WriteKept(CodeText code, string name) => _object.WriteKept(code, name);
}

/// <summary>A System.IO.Stream of the callee's that is the caller's from then on: put, as an np_object of np.stream/1.</summary>
internal sealed record ByteStreamResult(bool IsOptional) : ResultShape
{
    private readonly ObjectResult _object = new(ByteStreamShapes.Reference, IsOptional);

    public override string Declared => ByteStreamShapes.Declared(IsOptional);

    public override string Signature => ByteStreamShapes.Signature(IsOptional);

    public override string? Native => _object.Native;

    public override string? C => _object.C;

    public override string Form => $"one np_object of np_stream, which is the caller's then{(IsOptional ? ", or NULL for null" : "")} (np_stream_put)";

    public override string FormLater => Form.Replace("_put)", "_complete)");

    public override bool CallsBack => true;

    public override string Async => $"{Declared}, {ContractSource.Interop}.{(IsOptional ? "OptionalByteStreamShape" : "ByteStreamShape")}";

    public override string? Taking => _object.Taking;

    public override string? Passed => _object.Passed;

    public override string? Check => _object.Check;

    public override string? Refusing(string call) => _object.Refusing(call);

    public override string Returning(string call) =>
        $"return {ContractSource.Interop}.ByteStreams.ToStream(__result.Take({call}, {(IsOptional ? "true" : "false")})){(IsOptional ? "" : "!")};";

    public override string Giving(string call) => _object.Giving(ByteStreamShapes.Of(call));
}

/// <summary>What both have.</summary>
internal static class ByteStreamShapes
{
    /// <summary>The contract by which it crosses: one that the ABI has.</summary>
    public const string Contract = $"{ContractSource.Interop}.IByteStream";

    public static ContractReference Reference { get; } = new(Contract, "np.stream/1", "np_stream", false);

    public static string Declared(bool isOptional) => $"global::System.IO.Stream{(isOptional ? "?" : "")}";

    public static string Signature(bool isOptional) => $"owned np.stream/1{(isOptional ? "?" : "")}";

    public static string Of(string stream) => $"{ContractSource.Interop}.ByteStreams.Of({stream})";
}
