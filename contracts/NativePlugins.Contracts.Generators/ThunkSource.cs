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
        if (member.Event is not null)
        {
            EventSource.WriteThunk(code, contract, member);
            WriteCatch(code, member);
            return;
        }

        code.Line($"{contract.FullName} __target = {Interop}.ContractExport.Target<{contract.FullName}>((nint)__context);");
        WriteChecks(code, member);
        WriteTaken(code, member);
        string arguments = string.Join(", ", member.Parameters.Select(p => p.Shape.Taken(p.Name, member.Result.IsAsync)));
        string call = member.Property is not { } property ? $"__target.{NativeTypes.Escape(member.Name)}({arguments})"
            : $"__target.{NativeTypes.Escape(property)}{(member.IsSetter ? $" = {arguments}" : "")}";
        if (member.Result.IsAsync)
        {
            code.Line($"__answer.Follow{(member.Result.IsNone ? "" : $"<{member.Result.Shape.Async}>")}({call});");
            code.Line("return 0;");
        }
        else
        {
            WriteSyncCall(code, member, call);
        }

        WriteCatch(code, member);
    }

    private static void WriteCatch(CodeText code, MemberModel member)
    {
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
        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteCheck(code, p.Name);
        }

        if (!member.Result.IsAsync && member.Result.Shape.Check is { } check)
        {
            code.Line(check);
        }
    }

    private static void WriteTaken(CodeText code, MemberModel member)
    {
        if (member.Result.IsAsync)
        {
            string cancellation = member.Cancellation is { } token ? $"(nint)@{token}" : "0";
            code.Line($"__answer = new {Interop}.AsyncAnswer((nint)__context, (nint)__result, {cancellation});");
            return;
        }

        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteTaking(code, p.Name);
        }
    }

    private static void WriteSyncCall(CodeText code, MemberModel member, string call)
    {
        code.Line(member.Result.Shape.Giving(call));
        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteGiving(code, p.Name);
        }

        ParameterModel[] handedOver = [.. member.Parameters.Where(p => p.Shape.IsHandedOver)];
        if (handedOver.Length > 0 && member.Result.Shape.HasStatus)
        {
            code.Open("if (__status != 0)").Line("return __status;").Close();
        }

        foreach (ParameterModel p in handedOver)
        {
            p.Shape.WriteKept(code, p.Name);
        }

        code.Line(member.Result.Shape.HasStatus ? "return __status;" : "return 0;");
    }

    private static IEnumerable<string> Declared(ParameterModel p) => p.Shape.Native.Zip(p.Shape.Arguments(p.Name), (type, name) => $"{type} {name}");
}
