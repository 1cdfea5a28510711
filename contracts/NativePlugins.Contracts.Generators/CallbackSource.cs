using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# of a callback or a stream: an interface of one method that nobody sees, and the ways from the delegate to it and back.</summary>
internal static class CallbackSource
{
    public static void Write(CodeText code, ContractModel callback)
    {
        MemberModel invoke = callback.Members[0];
        string result = NativeTypes.Declared(invoke.Result), parameters = ProxySource.Parameters(invoke);
        code.Open($"internal static class {callback.Name}");
        code.Open($"internal interface ICall : {ContractSource.Added(callback)}{(callback.IsAsyncDisposable ? ", global::System.IAsyncDisposable" : "")}");
        code.Line($"{result} {invoke.Name}({parameters});").Line();
        ContractSource.WriteStatics(code, callback, callback.Callback!.Class);
        code.Close().Line();
        WriteWays(code, callback, invoke, $"{result} ICall.Invoke({parameters})");
        ContractSource.WriteFacts(code, callback);
        code.Line();
        ContractSource.WriteTable(code, callback);
        for (int minor = 0; minor <= callback.Minor; minor++)
        {
            code.Line();
            ProxySource.Write(code, callback, minor);
        }

        code.Line();
        ThunkSource.Write(code, callback);
        code.Close();
    }

    private static void WriteWays(CodeText code, ContractModel callback, MemberModel invoke, string head)
    {
        if (callback.Callback!.Kind == CallbackKind.Handler)
        {
            EventSource.WriteWays(code, callback, invoke);
            return;
        }

        if (callback.Callback.Kind == CallbackKind.Stream)
        {
            StreamSource.WriteWays(code, callback);
            return;
        }

        string type = callback.Callback!.Delegate;
        code.Line($"internal static ICall? Of({type}? target) => target is null ? null : new Target(target);").Line();
        code.Line($"internal static {type}? ToDelegate(ICall? call) => call is null ? null : call.Invoke;").Line();
        code.Open($"private sealed class Target({type} target) : ICall");
        code.Line($"{head} => target({string.Join(", ", invoke.Parameters.Select(NativeTypes.Argument))});");
        code.Close().Line();
    }
}
