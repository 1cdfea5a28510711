using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Tests.Forwarding;

/// <summary>What a contract's signature says of its calls, and what does not cross.</summary>
public class SignatureTests
{
    private const string All = """
        contract a.b/1 free
        0 Ns.Person.Name: string @8
        0 Ns.Person.Age: i32 @24
        0 Ns.Person.Partner: data Ns.Person? @32
        0 Ns.Person.Tags: list<string?> @40
        0 Add(a: i32, b: Ns.Mode:u8) -> i32 @40/24
        0 Echo(text: string, uri: uri?, at: instant, when: instant?, box: Ns.Box{X:i32@0,Y:f32@4}8) -> string @48/28
        0 Apply(pixels: span<u8>, table: readonly span<f64>, sink: contract a.sink/2?, token: cancellation) -> void @56/32
        0 Find(name: string?, found: out bool) -> data Ns.Person? @64/36
        0 Pairs(value: dictionary<string, tuple<i32, f64>>, set: set<uuid>) -> list<i64>? @72/40
        0 Later(bytes: memory<u8>) -> task<array<u16>> @80/44
        1 Ns.Person.Note: (Ns) @56

        """;

    [Fact]
    public void Each_way_to_cross_is_read()
    {
        ContractPlan plan = SignatureReader.Read(All, 0);

        Assert.Equal(("a.b/1", 6), (plan.ServiceId, plan.Functions.Length));
        Assert.Equal(
            [ParameterKind.Text, ParameterKind.Text, ParameterKind.Pointer, ParameterKind.Pointer, ParameterKind.Pointer],
            plan.Functions[1].Parameters.Select(p => p.Kind));
        Assert.Equal(
            [ParameterKind.WritableSpan, ParameterKind.Span, ParameterKind.Contract, ParameterKind.Cancellation],
            plan.Functions[2].Parameters.Select(p => p.Kind));
        Assert.Equal((ResultKind.Put, ResultKind.Put, ResultKind.Bytes, true), (plan.Functions[3].ResultKind, plan.Functions[4].ResultKind, plan.Functions[5].ResultKind, plan.Functions[5].IsAsync));
        Assert.Equal(56, ((ReferenceType)plan.Functions[3].Result!).Target.Size);
    }

    [Theory]
    [InlineData("0 Get() -> stream @40/24", "Get", "has 'stream', which does not reach a plugin in another process")]
    [InlineData("0 Set(value: union<a, b>) -> void @40/24", "Set", "has 'union<a'")]
    [InlineData("0 Set(a: i32) -> void @48/24", "Set", "does not stand where")]
    [InlineData("0 Set(a: data Ns.Absent) -> void @40/24", "Set", "names the data Ns.Absent, of which there is no line")]
    [InlineData("0 Ns.Person.Age: i64 @12", "Person.Age", "stands at 12, and 8 was expected")]
    [InlineData("0 Set(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i64, h: i64, i: i64, j: i64, k: i64, l: i64, m: i64, n: i64, o: i64, p: i64, q: i64, r: i64, s: i64) -> void @40/24", "Set", "has 15 arguments on the stack, and 14")]
    public void What_does_not_cross_is_refused_with_the_member(string line, string member, string found)
    {
        var refusal = Assert.Throws<SignatureException>(() => SignatureReader.Read($"contract a.b/1 free\n{line}\n", 0));

        Assert.Equal(member, refusal.Member);
        Assert.StartsWith(found, refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void More_functions_than_there_are_entries_are_refused()
    {
        string signature = "contract a.b/1 free\n" + string.Concat(Enumerable.Range(0, ForwardingEntries.Count + 1).Select(i => $"0 F{i}() -> void @{40 + (8 * i)}/{24 + (4 * i)}\n"));

        Assert.Equal($"F{ForwardingEntries.Count}", Assert.Throws<SignatureException>(() => SignatureReader.Read(signature, 0)).Member);
    }

    [Fact]
    public void Whatever_the_text_is_it_is_a_plan_or_a_refusal() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll<int, byte, char>((at, count, inserted) =>
        {
            int start = (int)((uint)at % (uint)All.Length);
            string text = string.Concat(All.AsSpan(0, start), new string(inserted, count % 3), All.AsSpan(Math.Min(All.Length, start + (count / 16))));
            try
            {
                _ = SignatureReader.Read(text, 0);
                _ = ContractText.Of(text.Replace("1 Ns.Person.Note: (Ns) @56\n", "", StringComparison.Ordinal));
            }
            catch (SignatureException)
            {
                // As it should be.
            }
        }));

    [Fact]
    public void Types_in_types_are_read_to_a_depth()
    {
        string type = string.Concat(Enumerable.Repeat("list<", 100_000)) + "i32" + new string('>', 100_000);

        Assert.Contains("more than 64", Assert.Throws<SignatureException>(() => SignatureReader.Read($"contract a.b/1 free\n0 F(a: {type}) -> void @40/24\n", 0)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_of_a_text_is_that_of_the_generator()
    {
        // tests/contracts/NativePlugins.FrozenContracts/IEvolving.g.cs
        ContractText contract = ContractText.Of("contract test.evolving/1 free\n0 Add(a: i32, b: i32) -> i32 @40/24\n0 GetName() -> string @48/28\n");

        Assert.Equal((0x61936E73327B709DUL, 0), (contract.Descriptor.Fingerprint(0), contract.Descriptor.Minor));
    }
}
