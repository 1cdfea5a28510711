using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Tests.Forwarding;

/// <summary>A call through a forwarding table reaches the function behind it as if there were no table between.</summary>
public sealed unsafe partial class ForwardedCallTests : IDisposable
{
    private const string Kinds = """
        contract a.kinds/1 free
        0 Ns.Node.Text: string @8
        0 Ns.Node.Children: list<data Ns.Node> @24
        0 Ns.Node.Pair: tuple<i32, string>? @40
        0 Take(number: i64, text: string, items: span<u16>, found: out uuid, level: ref i32, node: data Ns.Node?) -> i32 @40/24
        0 Echo(node: data Ns.Node) -> data Ns.Node @48/28
        0 Later(node: data Ns.Node, bytes: memory<u8>) -> task<string> @56/32

        """;

    private readonly List<nint> _allocated = [];

    public void Dispose() => _allocated.ForEach(block => NativeMemory.Free((void*)block));

    [LinuxFact]
    public void Arguments_arrive_wherever_C_puts_them()
    {
        var random = new System.Random(20261130);
        string[] types = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"];
        string[][] functions = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(13)).Select(_ => types[random.Next(types.Length)]).ToArray())];
        nint library = NativeLibrary.Load(CCompiler.Library(Source(functions)));
        string signature = "contract a.arguments/1 free\n" + string.Concat(functions.Select((function, i) =>
            string.Create(CultureInfo.InvariantCulture, $"0 F{i}({string.Join(", ", function.Select((type, p) => $"p{p}: {type}"))}) -> u64 @{40 + (8 * i)}/{24 + (4 * i)}\n")));
        (Loopback caller, Loopback callee) = Loopback.Create();
        ContractText contract = ContractText.Of(signature);
        nint table = Table([.. functions.Select((_, i) => NativeLibrary.GetExport(library, string.Create(CultureInfo.InvariantCulture, $"f{i}")))]);
        ForwardingTable forwarding = ForwardingTable.Rent().Lead(contract.Descriptor, contract.Plan, caller.Calls, callee.Calls.Expose(new NativeTable(table, contract.Plan)));

        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < functions.Length; i++)
            {
                NativeWords words = default;
                ulong direct = 0, forwarded = 0;
                Fill(&words, functions[i], random, &direct, 0);
                int expected = NativeCall.Invoke(((nint*)(table + sizeof(ContractTable)))[i], &words);
                Fill(&words, functions[i], null, &forwarded, forwarding.Native);
                int found = NativeCall.Invoke(((nint*)(forwarding.Native + sizeof(ContractTable)))[i], &words);

                Assert.Equal((expected, direct), (found, forwarded));
            }
        }
    }

    [Fact]
    public void A_tree_arrives_as_it_was_and_comes_back()
    {
        (Loopback caller, _, nint table) = Forward();
        nint result = Sink(out var received);
        Node* node = SampleNode();

        int status = ((delegate* unmanaged[Cdecl]<nint, Node*, nint, nint, int>)Function(table, 1))(Context(table), node, result, 0);

        Assert.Equal((np.NP_OK, "root(a(),b(),c()) 7:pair"), (status, received.Text));
        Assert.Empty(caller.Violations);
    }

    [Fact]
    public void Whatever_the_other_side_answers_the_caller_has_a_status()
    {
        var random = new System.Random(7);
        (Loopback caller, _, nint table) = Forward();
        caller.Corrupt = bytes => Damage(bytes, random);
        ushort* items = stackalloc ushort[4];
        Node* node = SampleNode();
        nint sink = Sink(out _);
        for (int i = 0; i < 20_000; i++)
        {
            Guid found = default;
            int level = 3, result = 0;
            fixed (byte* text = "text"u8)
            {
                _ = ((delegate* unmanaged[Cdecl]<nint, long, byte*, nuint, ushort*, nuint, Guid*, int*, Node*, int*, nint, int>)Function(table, 0))(
                    Context(table), 5, text, 4, items, 4, &found, &level, node, &result, 0);
            }

            _ = ((delegate* unmanaged[Cdecl]<nint, Node*, nint, nint, int>)Function(table, 1))(Context(table), node, sink, 0);
        }

        Assert.NotEmpty(caller.Violations);
    }

    [Fact]
    public void Whatever_the_other_side_calls_with_it_is_a_call_or_a_violation() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll<byte[], byte>((bytes, slot) =>
        {
            (_, Loopback callee, _) = Forward();
            try
            {
                _ = callee.Calls.Serve(1, (uint)slot % 4, bytes, new MessageWriter());
            }
            catch (MessageException)
            {
                // As it should be.
            }
        }));

    [Fact]
    public void A_table_that_has_ended_refuses_the_call()
    {
        (_, _, nint table) = Forward(out ForwardingTable forwarding);
        forwarding.Return();

        Assert.Equal(np.NP_E_INVALID_STATE, ((delegate* unmanaged[Cdecl]<nint, Node*, nint, nint, int>)Function(table, 1))(Context(table), SampleNode(), 0, 0));
    }

    [Fact]
    public void A_call_without_an_answer_has_a_status()
    {
        (Loopback caller, _, nint table) = Forward();
        caller.IsGone = true;

        Assert.Equal(np.NP_E_FAULT, ((delegate* unmanaged[Cdecl]<nint, Node*, nint, nint, int>)Function(table, 1))(Context(table), SampleNode(), 0, 0));
    }

    [Fact]
    public void What_is_larger_than_a_message_is_refused_and_the_error_says_it()
    {
        (_, _, nint table) = Forward();
        long result = 0;
        var message = "";
        nint error = ErrorSink(text => message = text);

        int status = ((delegate* unmanaged[Cdecl]<nint, long, byte*, nuint, ushort*, nuint, Guid*, int*, Node*, long*, nint, int>)Function(table, 0))(
            Context(table), 5, (byte*)1, 9 << 20, null, 0, null, null, null, &result, error);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, status);
        Assert.Contains("bytes that cross at once", message, StringComparison.Ordinal);
    }
}
