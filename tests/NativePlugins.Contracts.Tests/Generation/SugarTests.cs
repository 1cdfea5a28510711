namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>What is C#'s way to say a member, and nothing that the other side sees.</summary>
public class SugarTests
{
    private const string Properties = """
        /// <summary>A device.</summary>
        [PluginContract("a.b", Threading = ContractThreading.Serialized)]
        public partial interface IDevice
        {
            /// <summary>What it is called.</summary>
            /// <value>Never empty.</value>
            string Name { get; set; }

            [FastCall]
            int Level { set; get; }

            string @event { set; }

            double[] Curve { get; }

            [ContractMinor(1)]
            bool IsOn { get => true; set { } }
        }
        """;

    [Fact]
    public void Code_of_properties_compiles_without_a_warning() => Assert.Empty(ContractCompilation.Compile(Properties));

    [Fact]
    public void A_property_is_its_getter_and_then_its_setter() => Assert.Equal(
        """
        contract a.b/1 serialized
        0 get_Name() -> string @40/24
        0 set_Name(value: string) -> void @48/28
        0 get_Level() -> i32 @56/32
        0 set_Level(value: i32) -> void @64/36
        0 set_event(value: string) -> void @72/40
        0 get_Curve() -> array<f64> @80/44
        1 get_IsOn() -> bool @88/48
        1 set_IsOn(value: bool) -> void @96/52

        """,
        Record(Properties));

    [Fact]
    public void A_property_says_in_C_what_its_value_is()
    {
        string header = ContractCompilation.Generate(Properties);

        Assert.Contains(@"    /* What it is called.\n     * result: UTF-8. Never empty.\n     * [any-thread & started] */\n    int32_t(NP_CALL *get_name)(", header, StringComparison.Ordinal);
        Assert.Contains(@"    /* What it is called.\n     * value: Never empty.\n     * [any-thread & started] */\n    int32_t(NP_CALL *set_name)(", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fast_property_is_called_without_telling_the_garbage_collector() =>
        Assert.Contains("((delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*, int>)__table->Slotset_Level)", ContractCompilation.Generate(Properties), StringComparison.Ordinal);

    [Fact]
    public void An_accessor_that_nobody_can_implement_is_no_member() =>
        Assert.Equal("contract a.b/1 free\n0 get_P() -> i32 @40/24\n", Record("[PluginContract(\"a.b\")] public partial interface I { int P { get; private set { } } sealed int Q => P; }"));

    [Fact]
    public void A_property_has_the_position_at_which_it_stands() =>
        Assert.Equal("contract a.b/1 free\n0 A() -> void @40/24\n0 get_P() -> i32 @48/28\n0 B() -> void @56/32\n", Record("[PluginContract(\"a.b\")] public partial interface I { void A(); int P { get; } void B(); }"));

    [Theory]
    [InlineData("")]
    [InlineData(", Threading = ContractThreading.Serialized")]
    public void A_task_is_to_the_other_side_what_a_value_task_is(string threading)
    {
        string source = $$"""
            [PluginContract("a.b"{{threading}})]
            public partial interface I
            {
                ValueTask Run(CancellationToken cancellationToken);
                ValueTask<int> Count(string text);
                ValueTask<string> Read(ReadOnlyMemory<byte> bytes, I? next);
                ValueTask<bool> Ask();
                ValueTask<double[]> List();
            }
            """;
        string tasks = source.Replace("ValueTask", "Task", StringComparison.Ordinal);

        Assert.Empty(ContractCompilation.Compile(tasks));
        Assert.Equal(Facts(ContractCompilation.Generate(source)), Facts(ContractCompilation.Generate(tasks)));
    }

    // Header, record, signature and fingerprints.
    private static string Facts(string code) =>
        code[code.IndexOf("ContractFiles(", StringComparison.Ordinal)..code.IndexOf("internal unsafe struct Table", StringComparison.Ordinal)];

    private static string Record(string source)
    {
        string code = ContractCompilation.Generate(source);
        const string Start = "    Record = \"";
        int start = code.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return code[start..code.IndexOf("\")]", start, StringComparison.Ordinal)].Replace("\\n", "\n", StringComparison.Ordinal);
    }
}
