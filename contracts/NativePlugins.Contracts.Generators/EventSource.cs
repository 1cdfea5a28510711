using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# of events: the accessors of a proxy, the functions of a table, and the ways between a handler and its callback.</summary>
internal static class EventSource
{
    private const string Interop = ContractSource.Interop;

    /// <summary>Whether a contract has events.</summary>
    public static bool Has(ContractModel contract) => contract.Members.Any(m => m.Event is not null);

    /// <summary>What a proxy keeps for its events.</summary>
    public static void WriteField(CodeText code, string access)
    {
        code.Line($"{access} {Interop}.ContractEvents? __events;").Line();
        code.Line($"{Interop}.ContractEvents? {Interop}.IContractEvents.Events => __events;");
    }

    /// <summary>The event of a proxy.</summary>
    /// <param name="add">The accessor that adds, which the one that removes follows.</param>
    public static void WriteProxy(CodeText code, ContractModel contract, MemberModel add)
    {
        ContractModel callback = add.Parameters[0].Shape.Callback!;
        string type = callback.Callback!.Delegate, call = ContractSource.Literal($"{contract.ServiceId} {add.Event}");
        int slot = SlotOf(contract, add);
        code.Open($"event {type}? {add.Owner}.{NativeTypes.Escape(add.Event!)}");
        code.Open("add");
        code.Open("foreach (global::System.Delegate __handler in value?.GetInvocationList() ?? [])");
        code.Line($"{Interop}.ContractEvents __all = {Interop}.ContractEvents.Of(ref __events, this);");
        code.Line($"{Interop}.EventSubscription __subscription = __all.Begin({slot}, __handler);");
        code.Line($"__all.Add<{callback.FullName}, TLink, TLease>(__link, __turns, __subscription, new {callback.Callback.Class}.Handler(({type})__handler, __subscription), {call});");
        code.Close();
        code.Close();
        code.Open("remove");
        code.Open("foreach (global::System.Delegate __handler in value?.GetInvocationList() ?? [])");
        code.Line($"__events?.Remove<TLink, TLease>(__link, __turns, {slot}, __handler, {call});");
        code.Close();
        code.Close();
        code.Close();
    }

    /// <summary>What an accessor of an event does in a table.</summary>
    public static void WriteThunk(CodeText code, ContractModel contract, MemberModel accessor)
    {
        var handler = (HandlerParameter)accessor.Parameters[0].Shape;
        int slot = SlotOf(contract, accessor);
        if (!handler.IsAdded)
        {
            code.Line($"return {Interop}.EventThunk.Remove((nint)__context, (nint)@{accessor.Parameters[0].Name}, {slot - 1});");
            return;
        }

        string subscriber = $"{Interop}.EventSubscriber<{handler.Model.FullName}>", target = $"__target.{NativeTypes.Escape(accessor.Event!)}";
        code.Line($"{contract.FullName} __target = {Interop}.ContractExport.Target<{contract.FullName}>((nint)__context);");
        code.Line($"{subscriber} __subscriber = {subscriber}.Take((nint)__context, (nint)@{accessor.Parameters[0].Name}, {slot});");
        code.Line($"{handler.Model.Callback!.Delegate} __raise = new {handler.Model.Callback.Class}.Raiser(__subscriber).Raise;");
        code.Line($"__subscriber.Add(() => {target} += __raise, () => {target} -= __raise);");
        code.Line("return 0;");
    }

    /// <summary>The ways between a handler and its callback.</summary>
    public static void WriteWays(CodeText code, ContractModel callback, MemberModel invoke)
    {
        CallbackModel facts = callback.Callback!;
        string[] arguments = [.. invoke.Parameters.Select(NativeTypes.Argument)];
        string[] called =
        [
            .. facts.HasSender ? new[] { "subscription.Sender" } : [], .. arguments, .. facts.HasArguments ? new[] { "global::System.EventArgs.Empty" } : [],
        ];
        string[] parameters =
        [
            .. facts.HasSender ? new[] { "object? __sender" } : [], .. invoke.Parameters.Select(NativeTypes.Declared), .. facts.HasArguments ? new[] { "global::System.EventArgs __arguments" } : [],
        ];
        code.Open($"internal sealed class Handler({facts.Delegate} target, {Interop}.EventSubscription subscription) : ICall");
        code.Open($"void ICall.Invoke({ProxySource.Parameters(invoke)})");
        code.Open("if (!subscription.TryEnter())").Line("return;").Close().Line();
        code.Open("try").Line($"target({string.Join(", ", called)});").Close();
        code.Open("finally").Line("subscription.Leave();").Close();
        code.Close();
        code.Close().Line();
        code.Open($"internal sealed class Raiser({Interop}.EventSubscriber<ICall> subscriber)");
        code.Open($"internal void Raise({string.Join(", ", parameters)})");
        code.Open("try").Line($"subscriber.Handler.Invoke({string.Join(", ", arguments)});").Close();
        code.Open($"catch ({Interop}.EventEndedException)").Close();
        code.Close();
        code.Close().Line();
    }

    private static int SlotOf(ContractModel contract, MemberModel member) => contract.Members.ToList().IndexOf(member);
}
