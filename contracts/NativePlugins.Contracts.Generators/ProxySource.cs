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
        code.Line($"internal {(isLast ? "sealed " : "")}class Proxy{minor}<TLink, TLease>(TLink link, {Interop}.ContractTurns? turns) : {parent}{contract.FullName}{(minor == 0 && EventSource.Has(contract) ? $", {Interop}.IContractEvents" : "")}{(IsStream(contract) ? $", {Interop}.IStreamProxy" : "")}");
        code.Line($"    where TLink : struct, {Interop}.IContractLink<TLease>");
        code.Open($"    where TLease : struct, {Interop}.IContractLease, allows ref struct");
        if (minor == 0)
        {
            string access = isLast ? "private" : "private protected";
            code.Line($"{access} readonly TLink __link = link;");
            code.Line(contract.IsSerialized ? $"{access} readonly {Interop}.ContractTurns __turns = turns!;" : $"{access} readonly {Interop}.ContractTurns? __turns = turns;");
        }

        if (minor == 0)
        {
            if (EventSource.Has(contract))
            {
                EventSource.WriteField(code, isLast ? "private" : "private protected");
            }

            WriteEnd(code, contract);
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
            else if (member.Event is not null)
            {
                EventSource.WriteProxy(code, contract, member);
                i++;
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

    private static bool IsStream(ContractModel contract) => contract.Callback?.Kind == CallbackKind.Stream;

    private static void WriteEnd(CodeText code, ContractModel contract)
    {
        if (IsStream(contract))
        {
            code.Line().Line($"{Interop}.ContractSide {Interop}.IStreamProxy.Side => __link.Side;");
        }

        if (contract.IsDisposable)
        {
            code.Line().Line($"void global::System.IDisposable.Dispose() => {Interop}.ObjectLink.Dispose(__link);");
        }

        if (contract.IsAsyncDisposable)
        {
            code.Line().Line($"global::System.Threading.Tasks.ValueTask global::System.IAsyncDisposable.DisposeAsync() => {Interop}.ObjectLink.DisposeAsync(__link);");
        }
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

    /// <summary>The body of a call on one thread. It expects the way to the table as <c>__link</c>, and the turns of a serialized contract as <c>__turns</c>.</summary>
    /// <param name="lease">The type of what keeps the table valid for the call.</param>
    /// <param name="table">The type of the table.</param>
    public static void WriteCallOnThread(CodeText code, ContractModel contract, MemberModel member, string lease, string table = "Table")
    {
        if (contract.IsSerialized)
        {
            code.Line($"using {Interop}.ContractTurns.Turn __turn = __turns.Enter();");
        }

        if (member.Parameters.Any(p => p.Shape.IsHandedOver))
        {
            // What is handed over belongs to the instance that the call reaches, so that one must stay from here on.
            code.Line($"using {lease} __held = __link.Enter();");
        }

        WriteArguments(code, member);
        if (member.Result.Shape.Taking is { } taking)
        {
            foreach (string line in taking.Split('\n'))
            {
                code.Line(line);
            }
        }

        // No code that can throw stands between the lease and its end, so there is no try: it would cost as much as the gate does.
        string sink = member.IsFastCall ? "0" : "__link.ErrorSink";
        code.Line("int __status;");
        code.Line($"{lease} __lease = __link.Enter();");
        code.Line($"{table}* __table = ({table}*)__lease.Table;");
        WriteCall(code, member, sink, member.Result.Shape.Passed);
        code.Line("__lease.Dispose();");
        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteReturned(code, p.Name, CallName(contract, member));
        }

        if (member.Result.Shape.Refusing(CallName(contract, member)) is { } refusing)
        {
            code.Line(refusing);
        }

        string token = member.Cancellation is { } cancellation ? $", @{cancellation}" : "";
        code.Open("if (__status != 0)");
        code.Line($"{Interop}.ContractErrors.Throw(__link.Side, {sink}, {CallName(contract, member)}, __status{token});");
        code.Close();
        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteSucceeded(code, p.Name, CallName(contract, member));
        }

        code.Line(member.Result.Shape.Returning(CallName(contract, member)));
    }

    private static void WriteSync(CodeText code, ContractModel contract, MemberModel member, string head)
    {
        code.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        code.Open(head);
        WriteCallOnThread(code, contract, member, "TLease");
        code.Close();
    }

    private static void WriteAsync(CodeText code, ContractModel contract, MemberModel member)
    {
        string type = NativeTypes.Declared(member.Result);
        string token = member.Cancellation is { } cancellation ? $"@{cancellation}" : "default";
        if (contract.IsSerialized)
        {
            code.Open($"async {type} {member.Owner}.{NativeTypes.Escape(member.Name)}({Parameters(member)})");
            code.Line($"using {Interop}.ContractTurns.Turn __turn = await __turns.EnterAsync({token}).ConfigureAwait(false);");
            code.Line($"{type} __begun;");
            code.Line("__turns.Begin();");
            code.Open("try");
            code.Line($"__begun = {member.Name}InTurn({string.Join(", ", member.Parameters.Select(p => $"@{p.Name}"))});");
            code.Close();
            code.Open("finally");
            code.Line("__turns.HasBegun();");
            code.Close();
            code.Line($"{(member.Result.IsNone ? "" : "return ")}await __begun.ConfigureAwait(false);");
            code.Close().Line();
        }

        code.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        code.Open(contract.IsSerialized
            ? $"private unsafe {type} {member.Name}InTurn({Parameters(member)})"
            : $"unsafe {type} {member.Owner}.{NativeTypes.Escape(member.Name)}({Parameters(member)})");
        string call = $"{Interop}.AsyncCall<{member.Result.Shape.Async}>";
        string cast = member.Result.IsNone ? "(global::System.Threading.Tasks.Task)" : "";
        string Result(string task) => member.Result.IsTask ? task : $"new {type}({cast}{task})";
        code.Line($"{call}? __call = null;");
        code.Open("try");

        // The callee may complete the call, which ends its hold, before the function has returned: the lease keeps the table until then.
        code.Line("using TLease __lease = __link.Enter();");
        code.Line($"__call = new {call}(__link.Hold(), __link.Side, {CallName(contract, member)}, {token});");
        WriteArguments(code, member);
        code.Line("Table* __table = (Table*)__call.Table;");
        code.Line("nint __sink = __link.ErrorSink;");
        code.Line("int __status;");
        WriteCall(code, member, "__sink", "(void*)__call.Completion");
        code.Line($"return {Result("__call.Returned(__status, __sink)")};");
        code.Close();
        code.Open("catch (global::System.Exception __exception)");
        code.Line($"return {Result($"{call}.NotCalled(__call, __exception)")};");
        code.Close();
        code.Close();
    }

    private static void WriteArguments(CodeText code, MemberModel member)
    {
        if (member.Parameters.Any(p => p.Shape.UsesArena))
        {
            code.Line($"using {Interop}.DataArena __arena = {Interop}.DataArena.Rent(__link.Side);");
        }

        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteEncoding(code, p.Name);
        }

        foreach (ParameterModel p in member.Parameters)
        {
            p.Shape.WriteLending(code, p.Name, member.Result.IsAsync);
        }
    }

    private static void WriteCall(CodeText code, MemberModel member, string sink, string? result)
    {
        string[] pins = [.. member.Parameters.Select(p => p.Shape.Pin(p.Name)).OfType<string>()];
        foreach (string pin in pins)
        {
            code.Line($"fixed ({pin})");
        }

        if (pins.Length > 0)
        {
            code.Open();
        }

        string function = $"__table->{NativeTypes.Slot(member)}";
        IEnumerable<string> arguments = member.Parameters.SelectMany(p => p.Shape.Passed(p.Name, member.Result.IsAsync))
            .Prepend($"(void*){(member.Result.IsAsync ? "__call" : "__lease")}.Context")
            .Concat(result is null ? [] : [result])
            .Append($"(void*){sink}");
        string passed = string.Join(", ", arguments);
        code.Line(member.IsFastCall
            ? $"__status = __link.Side.CallsFast ? (({NativeTypes.Function(member, isFast: true)}){function})({passed}) : {function}({passed});"
            : $"__status = {function}({passed});");
        if (pins.Length > 0)
        {
            code.Close();
        }
    }

    public static string Parameters(MemberModel member) => string.Join(", ", member.Parameters.Select(NativeTypes.Declared));

    private static string CallName(ContractModel contract, MemberModel member) => ContractSource.Literal($"{contract.ServiceId} {member.Name}");
}
