using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The callee's half: the functions that the table of an export points at. No exception leaves one.</summary>
internal static class ThunkSource
{
    private const string Interop = ContractSource.Interop;

    /// <summary>A class has no member of its own name.</summary>
    public static string ClassOf(ContractModel contract) => contract.Members.Any(m => m.Name == "Functions") ? "FunctionsOfTable" : "Functions";

    public static void Write(CodeText code, ContractModel contract)
    {
        code.Open($"private static unsafe class {ClassOf(contract)}");
        bool isFirst = true;
        foreach (MemberModel member in contract.Members)
        {
            if (!isFirst)
            {
                code.Line();
            }

            isFirst = false;
            WriteFunction(code, contract, member);
        }

        code.Close();
    }

    private static void WriteFunction(CodeText code, ContractModel contract, MemberModel member)
    {
        IEnumerable<string> parameters = member.Parameters.SelectMany(Declared)
            .Prepend("void* __context")
            .Concat(NativeTypes.Result(member.Result) is { } result ? [$"{result} __result"] : [])
            .Append("void* __error");
        code.Line("[global::System.Runtime.InteropServices.UnmanagedCallersOnly(CallConvs = new[] { typeof(global::System.Runtime.CompilerServices.CallConvCdecl) })]");
        code.Open($"internal static int {NativeTypes.Escape(member.Name)}({string.Join(", ", parameters)})");
        if (member.Result.IsAsync)
        {
            code.Line($"{Interop}.AsyncAnswer? __answer = null;");
        }

        code.Open("try");
        code.Line($"{contract.FullName} __target = {Interop}.ContractExport.Target<{contract.FullName}>((nint)__context);");
        WriteChecks(code, member);
        WriteTaken(code, member);
        string arguments = string.Join(", ", member.Parameters.Select(p => Argument(p, member.Result.IsAsync)));
        string call = member.Property is not { } property ? $"__target.{NativeTypes.Escape(member.Name)}({arguments})"
            : $"__target.{NativeTypes.Escape(property)}{(member.IsSetter ? $" = {arguments}" : "")}";
        if (member.Result.IsAsync)
        {
            code.Line($"__answer.Follow{(member.Result.Kind == ResultKind.None ? "" : $"<{NativeTypes.Async(member.Result)}>")}({call});");
            code.Line("return 0;");
        }
        else
        {
            WriteSyncCall(code, member, call);
        }

        code.Close();
        code.Open("catch (global::System.Exception __exception)");
        if (member.Result.IsAsync)
        {
            code.Line("__answer?.End();");
        }

        code.Line($"return {Interop}.ContractThunk.Report((nint)__error, __exception);");
        code.Close();
        code.Close();
    }

    private static void WriteChecks(CodeText code, MemberModel member)
    {
        foreach (ParameterModel p in member.Parameters.Where(p => p.Kind is ParameterKind.Struct or ParameterKind.Out or ParameterKind.Ref))
        {
            code.Line($"{Interop}.ContractThunk.Require(@{p.Name}, {ContractSource.Literal(p.Name)});");
        }

        if (!member.Result.IsAsync && member.Result.Kind != ResultKind.None)
        {
            code.Line(member.Result.Kind is ResultKind.Text or ResultKind.Array
                ? $"{Interop}.ContractThunk.RequireSink(__result);"
                : $"{Interop}.ContractThunk.Require(__result, \"result\");");
        }
    }

    private static void WriteTaken(CodeText code, MemberModel member)
    {
        if (member.Result.IsAsync)
        {
            string cancellation = member.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Cancellation) is { } token ? $"(nint)@{token.Name}" : "0";
            code.Line($"__answer = new {Interop}.AsyncAnswer((nint)__context, (nint)__result, {cancellation});");
            return;
        }

        foreach (ParameterModel p in member.Parameters)
        {
            if (p.Kind == ParameterKind.Contract)
            {
                string borrowed = $"{Interop}.BorrowedContract<{p.Contract!.FullName}>";
                code.Line($"using {borrowed} __borrowed_{p.Name} = new {borrowed}((nint)__context, (nint)@{p.Name}, {ContractSource.Literal(p.Name)}, {(p.IsOptional ? "true" : "false")});");
            }
            else if (p.Kind == ParameterKind.Cancellation)
            {
                code.Line($"using {Interop}.BorrowedToken __borrowed_{p.Name} = new {Interop}.BorrowedToken((nint)@{p.Name});");
            }
            else if (p is { Kind: ParameterKind.Out or ParameterKind.Ref, Element.IsBool: true })
            {
                code.Line($"bool __cell_{p.Name}{(p.Kind == ParameterKind.Ref ? $" = *@{p.Name} != 0" : "")};");
            }
        }
    }

    private static void WriteSyncCall(CodeText code, MemberModel member, string call)
    {
        ParameterModel[] cells = [.. member.Parameters.Where(p => p is { Kind: ParameterKind.Out or ParameterKind.Ref, Element.IsBool: true })];
        string sent = member.Result.Kind switch
        {
            ResultKind.Text => $"{Interop}.ContractThunk.Write(__result, {call})",
            ResultKind.Array => $"{Interop}.ContractThunk.Write<{member.Result.Element!.CSharp}>(__result, {call})",
            _ => "0",
        };
        code.Line(member.Result.Kind switch
        {
            ResultKind.None => $"{call};",
            ResultKind.Bool => $"*__result = {call} ? (byte)1 : (byte)0;",
            ResultKind.Value => $"*__result = {call};",
            _ => $"int __status = {sent};",
        });
        foreach (ParameterModel p in cells)
        {
            code.Line($"*@{p.Name} = __cell_{p.Name} ? (byte)1 : (byte)0;");
        }

        code.Line(sent == "0" ? "return 0;" : "return __status;");
    }

    private static IEnumerable<string> Declared(ParameterModel p)
    {
        string[] types = [.. NativeTypes.Parameter(p)];
        return types.Length == 1 ? [$"{types[0]} @{p.Name}"] : [$"{types[0]} @{p.Name}", $"{types[1]} __length_{p.Name}"];
    }

    private static string Argument(ParameterModel p, bool isAsync)
    {
        string name = ContractSource.Literal(p.Name);
        return p.Kind switch
        {
            ParameterKind.Value => p.Element!.Underlying is null ? $"@{p.Name}" : $"({p.Element.CSharp})@{p.Name}",
            ParameterKind.Bool => $"@{p.Name} != 0",
            ParameterKind.Struct => $"*@{p.Name}",
            ParameterKind.Out => p.Element!.IsBool ? $"out __cell_{p.Name}" : $"out *@{p.Name}",
            ParameterKind.Ref => p.Element!.IsBool ? $"ref __cell_{p.Name}" : $"ref *@{p.Name}",
            ParameterKind.Text => $"{Interop}.ContractThunk.Text(@{p.Name}, __length_{p.Name}, {name})",
            ParameterKind.Span or ParameterKind.ReadOnlySpan => $"{Interop}.ContractThunk.Span<{p.Element!.CSharp}>(@{p.Name}, __length_{p.Name}, {name})",
            ParameterKind.Memory or ParameterKind.ReadOnlyMemory => $"__answer.Memory<{p.Element!.CSharp}>(@{p.Name}, __length_{p.Name}, {name})",
            ParameterKind.Contract when isAsync =>
                $"__answer.Borrow<{p.Contract!.FullName}>(@{p.Name}, {name}, {(p.IsOptional ? "true" : "false")}){(p.IsOptional ? "" : "!")}",
            ParameterKind.Contract => $"__borrowed_{p.Name}.Contract{(p.IsOptional ? "" : "!")}",
            _ => isAsync ? "__answer.Token" : $"__borrowed_{p.Name}.Token",
        };
    }
}
