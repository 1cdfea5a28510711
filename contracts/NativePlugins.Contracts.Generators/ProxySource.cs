using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The caller's half: a class for each minor version that implements the members up to it. What is later runs its default
/// body, which a class that implements the member could not reach.
/// </summary>
internal static class ProxySource
{
    private const string Interop = ContractSource.Interop;

    public static void Write(CodeText code, ContractModel contract, int minor)
    {
        bool isLast = minor == contract.Minor;
        string parent = minor == 0 ? "" : $"Proxy{minor - 1}<TLink, TLease>(link, turns), ";
        code.Line($"internal {(isLast ? "sealed " : "")}class Proxy{minor}<TLink, TLease>(TLink link, {Interop}.ContractTurns? turns) : {parent}{contract.FullName}");
        code.Line($"    where TLink : struct, {Interop}.IContractLink<TLease>");
        code.Open($"    where TLease : struct, {Interop}.IContractLease, allows ref struct");
        if (minor == 0)
        {
            string access = isLast ? "private" : "private protected";
            code.Line($"{access} readonly TLink _link = link;");
            code.Line(contract.IsSerialized ? $"{access} readonly {Interop}.ContractTurns _turns = turns!;" : $"{access} readonly {Interop}.ContractTurns? _turns = turns;");
        }

        MemberModel[] members = [.. contract.Members.Where(m => m.Minor == minor)];
        for (int i = 0; i < members.Length; i++)
        {
            MemberModel member = members[i];
            code.Line();
            if (member.Property is not null)
            {
                // The accessors of a property follow each other, and are of one minor version.
                MemberModel[] accessors = [.. members.Skip(i).TakeWhile(m => m.Property == member.Property)];
                WriteProperty(code, contract, accessors);
                i += accessors.Length - 1;
            }
            else if (member.Result.IsAsync)
            {
                WriteAsync(code, contract, member);
            }
            else
            {
                WriteSync(code, contract, member, $"unsafe {NativeTypes.Declared(member.Result)} {member.Owner}.{NativeTypes.Escape(member.Name)}({Parameters(member)})");
            }
        }

        code.Close();
    }

    private static void WriteProperty(CodeText code, ContractModel contract, MemberModel[] accessors)
    {
        code.Open($"unsafe {NativeTypes.Property(accessors[0])} {accessors[0].Owner}.{NativeTypes.Escape(accessors[0].Property!)}");
        foreach (MemberModel accessor in accessors)
        {
            WriteSync(code, contract, accessor, accessor.IsSetter ? "set" : "get");
        }

        code.Close();
    }

    private static void WriteSync(CodeText code, ContractModel contract, MemberModel member, string head)
    {
        code.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        code.Open(head);
        if (contract.IsSerialized)
        {
            code.Line($"using {Interop}.ContractTurns.Turn __turn = _turns.Enter();");
        }

        WriteTexts(code, member);
        foreach (ParameterModel p in member.Parameters)
        {
            if (p.Kind == ParameterKind.Contract)
            {
                code.Line($"using {Interop}.LentContract __lent_{p.Name} = {Interop}.LentContract.Of<{p.Contract!.FullName}>(@{p.Name}, _link.Side, {Name(p)}, {Bool(p.IsOptional)});");
            }
            else if (p.Kind == ParameterKind.Cancellation)
            {
                code.Line($"using {Interop}.LentToken __lent_{p.Name} = new {Interop}.LentToken(@{p.Name});");
            }
            else if (p.Kind is ParameterKind.Out or ParameterKind.Ref)
            {
                code.Line($"{NativeTypes.Cell(p.Element!)} __cell_{p.Name} = {(p.Kind == ParameterKind.Out ? "default" : p.Element!.IsBool ? $"@{p.Name} ? (byte)1 : (byte)0" : $"@{p.Name}")};");
            }
        }

        string? result = member.Result.Kind switch
        {
            ResultKind.Text => $"using {Interop}.TextResult __result = {Interop}.TextResult.Rent();",
            ResultKind.Array => $"using {Interop}.ArrayResult<{member.Result.Element!.CSharp}> __result = {Interop}.ArrayResult<{member.Result.Element.CSharp}>.Rent();",
            ResultKind.None => null,
            _ => $"{NativeTypes.Cell(member.Result.Element!)} __result = default;",
        };
        if (result is not null)
        {
            code.Line(result);
        }

        // No code that can throw stands between the lease and its end, so there is no try: it would cost as much as the gate does.
        string sink = member.IsFastCall ? "0" : "_link.ErrorSink";
        code.Line("int __status;");
        code.Line("TLease __lease = _link.Enter();");
        code.Line("Table* __table = (Table*)__lease.Table;");
        WriteCall(code, member, sink, member.Result.Kind switch
        {
            ResultKind.None => null,
            ResultKind.Text or ResultKind.Array => "(void*)__result.Native",
            _ => "&__result",
        });
        code.Line("__lease.Dispose();");
        WriteBack(code, member, ParameterKind.Out);
        string token = member.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Cancellation) is { } cancellation ? $", @{cancellation.Name}" : "";
        code.Open("if (__status != 0)");
        code.Line($"{Interop}.ContractErrors.Throw(_link.Side, {sink}, {CallName(contract, member)}, __status{token});");
        code.Close();
        WriteBack(code, member, ParameterKind.Ref);
        code.Line(member.Result.Kind switch
        {
            ResultKind.None => "",
            ResultKind.Text => "return __result.Text;",
            ResultKind.Array => "return __result.ToArray();",
            ResultKind.Bool => "return __result != 0;",
            _ => "return __result;",
        });
        code.Close();
    }

    private static void WriteAsync(CodeText code, ContractModel contract, MemberModel member)
    {
        string type = NativeTypes.Declared(member.Result);
        string token = member.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Cancellation) is { } cancellation ? $"@{cancellation.Name}" : "default";
        if (contract.IsSerialized)
        {
            code.Open($"async {type} {member.Owner}.{NativeTypes.Escape(member.Name)}({Parameters(member)})");
            code.Line($"using {Interop}.ContractTurns.Turn __turn = await _turns.EnterAsync({token}).ConfigureAwait(false);");
            code.Line($"{type} __begun;");
            code.Line("_turns.Begin();");
            code.Open("try");
            code.Line($"__begun = {member.Name}InTurn({string.Join(", ", member.Parameters.Select(p => $"@{p.Name}"))});");
            code.Close();
            code.Open("finally");
            code.Line("_turns.HasBegun();");
            code.Close();
            code.Line($"{(member.Result.Kind == ResultKind.None ? "" : "return ")}await __begun.ConfigureAwait(false);");
            code.Close().Line();
        }

        code.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        code.Open(contract.IsSerialized
            ? $"private unsafe {type} {member.Name}InTurn({Parameters(member)})"
            : $"unsafe {type} {member.Owner}.{NativeTypes.Escape(member.Name)}({Parameters(member)})");
        string call = $"{Interop}.AsyncCall<{NativeTypes.Async(member.Result)}>";
        string cast = member.Result.Kind == ResultKind.None ? "(global::System.Threading.Tasks.Task)" : "";
        string Result(string task) => member.Result.IsTask ? task : $"new {type}({cast}{task})";
        code.Line($"{call}? __call = null;");
        code.Open("try");

        // The callee may complete the call, which ends its hold, before the function has returned: the lease keeps the table until then.
        code.Line("using TLease __lease = _link.Enter();");
        code.Line($"__call = new {call}(_link.Hold(), _link.Side, {CallName(contract, member)}, {token});");
        WriteTexts(code, member);
        foreach (ParameterModel p in member.Parameters)
        {
            if (p.Kind == ParameterKind.Contract)
            {
                code.Line($"nint __lent_{p.Name} = __call.Lend<{p.Contract!.FullName}>(@{p.Name}, {Name(p)}, {Bool(p.IsOptional)});");
            }
            else if (p.Kind is ParameterKind.Memory or ParameterKind.ReadOnlyMemory)
            {
                code.Line($"nint __pinned_{p.Name} = __call.Pin<{p.Element!.CSharp}>(@{p.Name});");
            }
        }

        code.Line("Table* __table = (Table*)__call.Table;");
        code.Line("nint __sink = _link.ErrorSink;");
        code.Line("int __status;");
        WriteCall(code, member, "__sink", "(void*)__call.Completion");
        code.Line($"return {Result("__call.Returned(__status, __sink)")};");
        code.Close();
        code.Open("catch (global::System.Exception __exception)");
        code.Line($"return {Result($"{call}.NotCalled(__call, __exception)")};");
        code.Close();
        code.Close();
    }

    private static void WriteTexts(CodeText code, MemberModel member)
    {
        foreach (ParameterModel p in member.Parameters.Where(p => p.Kind == ParameterKind.Text))
        {
            code.Line($"using {Interop}.Utf8Argument __text_{p.Name} = new {Interop}.Utf8Argument(@{p.Name}, {Name(p)}, stackalloc byte[{Interop}.Utf8Argument.StackSize]);");
        }
    }

    private static void WriteCall(CodeText code, MemberModel member, string sink, string? result)
    {
        string[] pins = [.. member.Parameters.Select(Pin).Where(pin => pin is not null).Select(pin => pin!)];
        foreach (string pin in pins)
        {
            code.Line($"fixed ({pin})");
        }

        if (pins.Length > 0)
        {
            code.Open();
        }

        string function = member.IsFastCall
            ? $"(({NativeTypes.Function(member, isFast: true)})__table->{NativeTypes.Slot(member)})"
            : $"__table->{NativeTypes.Slot(member)}";
        IEnumerable<string> arguments = member.Parameters.SelectMany(p => Argument(p, member.Result.IsAsync))
            .Prepend("__table->Prefix.Context")
            .Concat(result is null ? [] : [result])
            .Append($"(void*){sink}");
        code.Line($"__status = {function}({string.Join(", ", arguments)});");
        if (pins.Length > 0)
        {
            code.Close();
        }
    }

    private static string? Pin(ParameterModel p) => p.Kind switch
    {
        ParameterKind.Text => $"byte* __pin_{p.Name} = __text_{p.Name}.Bytes",
        ParameterKind.Span or ParameterKind.ReadOnlySpan => $"{p.Element!.CSharp}* __pin_{p.Name} = @{p.Name}",
        ParameterKind.Struct when p.IsIn => $"{p.Element!.CSharp}* __pin_{p.Name} = &@{p.Name}",
        _ => null,
    };

    private static IEnumerable<string> Argument(ParameterModel p, bool isAsync) => p.Kind switch
    {
        ParameterKind.Value => [p.Element!.Underlying is { } underlying ? $"({underlying})@{p.Name}" : $"@{p.Name}"],
        ParameterKind.Bool => [$"@{p.Name} ? (byte)1 : (byte)0"],
        ParameterKind.Struct => [p.IsIn ? $"__pin_{p.Name}" : $"&@{p.Name}"],
        ParameterKind.Out or ParameterKind.Ref => [$"&__cell_{p.Name}"],
        ParameterKind.Text => [$"(sbyte*)__pin_{p.Name}", $"(nuint)__text_{p.Name}.Bytes.Length"],
        ParameterKind.Span or ParameterKind.ReadOnlySpan => [$"__pin_{p.Name}", $"(nuint)@{p.Name}.Length"],
        ParameterKind.Memory or ParameterKind.ReadOnlyMemory => [$"({p.Element!.CSharp}*)__pinned_{p.Name}", $"(nuint)@{p.Name}.Length"],
        ParameterKind.Contract => [isAsync ? $"(void*)__lent_{p.Name}" : $"(void*)__lent_{p.Name}.Table"],
        _ => [isAsync ? "(void*)__call.Cancellation" : $"(void*)__lent_{p.Name}.Native"],
    };

    private static void WriteBack(CodeText code, MemberModel member, ParameterKind kind)
    {
        foreach (ParameterModel p in member.Parameters.Where(p => p.Kind == kind))
        {
            code.Line($"@{p.Name} = __cell_{p.Name}{(p.Element!.IsBool ? " != 0" : "")};");
        }
    }

    private static string Parameters(MemberModel member) => string.Join(", ", member.Parameters.Select(NativeTypes.Declared));

    private static string CallName(ContractModel contract, MemberModel member) => ContractSource.Literal($"{contract.ServiceId} {member.Name}");

    private static string Name(ParameterModel parameter) => ContractSource.Literal(parameter.Name);

    private static string Bool(bool value) => value ? "true" : "false";
}
