using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# types of a function of the table, and of a member of the interface.</summary>
internal static class NativeTypes
{
    /// <summary>A member's or interface's own name as C# writes it: @event.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string Slot(MemberModel member) => $"Slot{member.Name}";

    /// <summary>The type of the pointer in the table.</summary>
    public static string Function(MemberModel member, bool isFast = false) =>
        $"delegate* unmanaged[Cdecl{(isFast ? ", SuppressGCTransition" : "")}]<{string.Join(", ", Types(member).Append("int"))}>";

    /// <summary>Context, parameters, result, error.</summary>
    public static IEnumerable<string> Types(MemberModel member)
    {
        yield return "void*";
        foreach (string type in member.Parameters.SelectMany(Parameter))
        {
            yield return type;
        }

        if (Result(member.Result) is { } result)
        {
            yield return result;
        }

        yield return "void*";
    }

    public static IEnumerable<string> Parameter(ParameterModel parameter) => parameter.Kind switch
    {
        ParameterKind.Value => [parameter.Element!.Underlying ?? parameter.Element.CSharp],
        ParameterKind.Bool => ["byte"],
        ParameterKind.Struct => [$"{parameter.Element!.CSharp}*"],
        ParameterKind.Out or ParameterKind.Ref => [$"{Cell(parameter.Element!)}*"],
        ParameterKind.Text => ["sbyte*", "nuint"],
        ParameterKind.Contract or ParameterKind.Cancellation => ["void*"],
        _ => [$"{parameter.Element!.CSharp}*", "nuint"],
    };

    public static string? Result(ResultModel result) => result switch
    {
        { IsAsync: true } => "void*",
        { Kind: ResultKind.None } => null,
        { Kind: ResultKind.Text or ResultKind.Array } => "void*",
        _ => $"{Cell(result.Element!)}*",
    };

    /// <summary>The type of one value in memory: bool is a byte.</summary>
    public static string Cell(ElementModel element) => element.IsBool ? "byte" : element.CSharp;

    /// <summary>The parameter as the interface declares it.</summary>
    public static string Declared(ParameterModel parameter) => $"{(parameter.IsIn ? "in " : "")}{Type(parameter)} @{parameter.Name}";

    /// <summary>The type of a property, by one of its accessors.</summary>
    public static string Property(MemberModel accessor) => accessor.IsSetter ? Type(accessor.Parameters[0]) : Declared(accessor.Result);

    /// <summary>The result as the interface declares it.</summary>
    public static string Declared(ResultModel result)
    {
        string task = $"global::System.Threading.Tasks.{(result.IsTask ? "Task" : "ValueTask")}";
        return (result.IsAsync, result.Kind) switch
        {
            (true, ResultKind.None) => task,
            (true, _) => $"{task}<{Value(result)}>",
            _ => Value(result),
        };
    }

    public static string Value(ResultModel result) => result.Kind switch
    {
        ResultKind.None => "void",
        ResultKind.Text => "string",
        ResultKind.Array => $"{result.Element!.CSharp}[]",
        _ => result.Element!.CSharp,
    };

    /// <summary>The type arguments of AsyncCall and AsyncAnswer.Follow.</summary>
    public static string Async(ResultModel result) => result.Kind switch
    {
        ResultKind.None => $"bool, {ContractSource.Interop}.NoShape",
        ResultKind.Text => $"string, {ContractSource.Interop}.TextShape",
        ResultKind.Bool => $"bool, {ContractSource.Interop}.BoolShape",
        ResultKind.Array => $"{result.Element!.CSharp}[], {ContractSource.Interop}.ArrayShape<{result.Element.CSharp}>",
        _ => $"{result.Element!.CSharp}, {ContractSource.Interop}.ValueShape<{result.Element.CSharp}>",
    };

    private static string Type(ParameterModel parameter) => parameter.Kind switch
    {
        ParameterKind.Text => "string",
        ParameterKind.ReadOnlySpan => $"global::System.ReadOnlySpan<{parameter.Element!.CSharp}>",
        ParameterKind.Span => $"global::System.Span<{parameter.Element!.CSharp}>",
        ParameterKind.ReadOnlyMemory => $"global::System.ReadOnlyMemory<{parameter.Element!.CSharp}>",
        ParameterKind.Memory => $"global::System.Memory<{parameter.Element!.CSharp}>",
        ParameterKind.Out => $"out {parameter.Element!.CSharp}",
        ParameterKind.Ref => $"ref {parameter.Element!.CSharp}",
        ParameterKind.Contract => parameter.Contract!.FullName + (parameter.IsOptional ? "?" : ""),
        ParameterKind.Cancellation => "global::System.Threading.CancellationToken",
        _ => parameter.Element!.CSharp,
    };
}
