namespace NativePlugins.Contracts.Generators;

/// <summary>The ways between an IAsyncEnumerable&lt;T&gt; and the object by which it crosses.</summary>
internal static class StreamSource
{
    private const string Interop = ContractSource.Interop;

    public static void WriteWays(CodeText code, ContractModel stream)
    {
        string item = stream.Callback!.Delegate, items = $"global::System.Collections.Generic.IAsyncEnumerable<{item}>";
        const string ValueTask = "global::System.Threading.Tasks.ValueTask", Token = "global::System.Threading.CancellationToken";
        code.Line($"internal static ICall? Of({items}? items) => items is null ? null : new Source(items);").Line();
        code.Line($"internal static {items}? ToItems(ICall? call) => call is null ? null : new {Interop}.StreamItems<{item}>(call, (most, cancellation) => call.Next(most, cancellation));").Line();
        code.Open($"private sealed class Source({items} items) : ICall");
        code.Line($"private readonly {Interop}.StreamSource<{item}> _source = new {Interop}.StreamSource<{item}>(items);").Line();
        code.Line($"{ValueTask}<{item}[]> ICall.Next(uint most, {Token} cancellation) => _source.NextAsync(most, cancellation);").Line();
        code.Line($"{ValueTask} global::System.IAsyncDisposable.DisposeAsync() => _source.DisposeAsync();");
        code.Close().Line();
    }
}
