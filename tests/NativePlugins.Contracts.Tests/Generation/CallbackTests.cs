using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>Delegates and events as the generator sees them.</summary>
public class CallbackTests
{
    private const string Source = """
        /// <summary>Takes a part.</summary>
        /// <param name="part">The part.</param>
        public delegate bool Taker<T>(ReadOnlySpan<T> part, ref int left);

        [PluginData]
        public sealed partial record Entry(string Name)
        {
            [ContractMinor(1)]
            public int Size { get; init; } = 1;
        }

        [PluginContract("a.b")]
        public partial interface ISource
        {
            int Functions(Func<string, Entry?, bool>? matches, Taker<byte> taker);

            Task Later(Func<int, Task<string?>> read, Action<Action, ISource> nested, CancellationToken cancellationToken);

            /// <summary>It has changed.</summary>
            event Action<int, string?> Changed;

            event EventHandler @event;

            event EventHandler<Entry>? Found;

            [ContractMinor(1)]
            event Action Added { add { } remove { } }
        }
        """;

    [Theory]
    [InlineData("[PluginContract(\"a.b\")]")]
    [InlineData("[PluginContract(\"a.b\", Threading = ContractThreading.Serialized)]")]
    public void Code_of_delegates_and_events_compiles_without_a_warning(string attribute) =>
        Assert.Empty(ContractCompilation.Compile(Source.Replace("[PluginContract(\"a.b\")]", attribute, StringComparison.Ordinal)));

    [Fact]
    public void A_delegate_and_an_event_are_recorded_by_what_they_take_and_return() => Assert.Equal(
        """
        contract a.b/1 free
        0 Entry.Name: string @8
        0 Functions(matches: callback?(string, data Entry?) -> bool, taker: callback(readonly span<u8>, ref i32) -> bool) -> i32 @40/24
        0 Later(read: callback(i32) -> task<string?>, nested: callback(callback() -> void, contract a.b/1) -> void, cancellationToken: cancellation) -> task<void> @48/28
        0 add_Changed(handler: handler(i32, string?) -> void) -> void @56/32
        0 remove_Changed(handler: handler(i32, string?) -> void) -> void @64/36
        0 add_event(handler: handler() -> void) -> void @72/40
        0 remove_event(handler: handler() -> void) -> void @80/44
        0 add_Found(handler: handler(data Entry) -> void) -> void @88/48
        0 remove_Found(handler: handler(data Entry) -> void) -> void @96/52
        1 Entry.Size: i32 @24
        1 add_Added(handler: handler() -> void) -> void @104/56
        1 remove_Added(handler: handler() -> void) -> void @112/60

        """,
        ContractCompilation.Record(Source));

    [Fact]
    public void The_signature_of_a_callback_stands_alone()
    {
        string[] lines = [.. ContractCompilation.Generate(Source).Split('\n').Select(line => line.Trim())];

        Assert.Equal(
            ["\"0 Entry.Name: string @8\\n\" +", "\"0 Invoke(string, data Entry?) -> bool @40/24\\n\" +", "\"1 Entry.Size: i32 @24\\n\" +"],
            lines.SkipWhile(line => line != "\"callback free\\n\" +").Skip(1).Take(3));
    }

    [Fact]
    public void A_delegate_has_its_own_documentation_in_the_header() =>
        Assert.Contains("    /* Takes a part.\\n     * part: The part.\\n", ContractCompilation.Generate(Source), StringComparison.Ordinal);

    [Fact]
    public void An_event_has_its_documentation_in_the_header() =>
        Assert.Contains("    /* It has changed.\\n     * handler: Its table is a a_b_1_changed.", ContractCompilation.Generate(Source), StringComparison.Ordinal);

    [Theory]
    [InlineData("void A(Action b); void A_b(int c);")]
    [InlineData("event Action E; void M(int e);")]
    public void A_callback_is_in_nobodys_way(string members) =>
        Assert.Empty(ContractCompilation.Compile($"[PluginContract(\"a.b\")] public partial interface I {{ {members} }}"));

    [Theory]
    [InlineData("void A(Action b_c); void A_b(Action<int> c);", "'a.b.A_b_c' and 'a.b.A_b_c' both become 'a_b_1_a_b_c'")]
    [InlineData("event Action E; void Add_E();", "'add_E' and 'Add_E' both become 'add_e'")]
    public async Task Callbacks_that_would_have_one_name_are_reported(string members, string expected)
    {
        string[] found = await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] public partial interface I {{ {members} }}");

        Assert.Contains(expected, Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_the_data_of_a_delegate_is_said_at_the_data_alone()
    {
        Diagnostic[] found = ContractCompilation.Compile("[PluginContract(\"a.b\")] public partial interface I { void M(Action<D> take); } [PluginData] public partial class D { public D? Next { get; set; } }");

        Assert.Empty(found);
    }

    [Fact]
    public void A_derived_contract_has_callbacks_of_its_own()
    {
        const string Derived = Source + " [PluginContract(\"a.c\")] public partial interface IDerived : ISource { [ContractMinor(1)] void More(Action<int> take) { } }";

        Assert.Empty(ContractCompilation.Compile(Derived));
        Assert.Contains("a_c_1_functions_matches", ContractCompilation.Generate(Derived), StringComparison.Ordinal);
    }
}
