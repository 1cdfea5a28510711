namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>What becomes of a type with [PluginData], and what cannot be one.</summary>
public class DataTests
{
    private const string Contract = "[PluginContract(\"a.b\")] public partial interface I { void M(D value); }\n";

    private const string Shop = """
        namespace Shop;

        /// <summary>Somebody who buys.</summary>
        /// <param name="Name">Never empty.</param>
        [PluginData]
        public sealed partial record Customer(string Name, DateOnly? Born, [property: ContractMinor(1)] int Level = 1)
        {
            /// <summary>Who else pays.</summary>
            public Customer? Guarantor { get; init; }
        }

        /// <summary>Finds customers.</summary>
        [PluginContract("shop.customers")]
        public partial interface ICustomers
        {
            /// <summary>Finds some.</summary>
            /// <param name="name">null for any name.</param>
            IReadOnlyList<Customer> Find(string? name, TimeSpan patience, (int First, int Last)? ages);

            /// <summary>Which one it is.</summary>
            ValueTask<Customer?> GetAsync(Guid id);

            /// <summary>What somebody owes.</summary>
            decimal? GetDebt(Customer customer, out DateTimeOffset since);
        }
        """;

    [Fact]
    public void The_emitted_code_of_data_is_the_recorded_one()
    {
        string emitted = ContractCompilation.Generate(Shop);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Repository.PathOf("tests/NativePlugins.Contracts.Tests/Generation/Shop.g.txt"), emitted);
        }

        Assert.Equal(TestCompilation.Resource("Shop.g.txt"), emitted);
        Assert.Empty(ContractCompilation.Compile(Shop));
    }

    [Fact]
    public void The_Rust_file_of_data_is_the_recorded_one()
    {
        string emitted = ContractCompilation.Rust(Shop);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Repository.PathOf("tests/NativePlugins.Contracts.Tests/Generation/Shop.rs.txt"), emitted);
        }

        Assert.Equal(TestCompilation.Resource("Shop.rs.txt"), emitted);
    }

    [Fact]
    public void What_is_appended_to_data_leaves_the_earlier_fingerprints_as_they_were()
    {
        string before = ContractCompilation.Fingerprints(Shop.Replace(", [property: ContractMinor(1)] int Level = 1", "", StringComparison.Ordinal)), after = ContractCompilation.Fingerprints(Shop);

        Assert.Matches("^[0-9A-Fx]+$", before);
        Assert.StartsWith($"{before}, ", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial record D(string Name, int? Age = null, D? Next = null);")]
    [InlineData("public partial record D { public required string Name { get; init; } public List<D> Items { get; set; } = []; }")]
    [InlineData("public partial record struct D(Guid Id, DateTimeOffset At);")]
    [InlineData("public readonly partial struct D(int count) { public int Count { get; } = count; }")]
    [InlineData("public partial struct D { public int Count; public string? Name; }")]
    [InlineData("public partial class D { public D() { } public D(int count) => Count = count; public int Count { get; } public int Twice => 2 * Count; }")]
    [InlineData("internal partial class D { public (int, string?)[] Pairs { get; private set; } = []; }")]
    [InlineData("public partial class D { public string @class { get; set; } = \"\"; public Dictionary<string, (int, D?)?>? E { get; set; } }")]
    public void Code_of_data_compiles_without_a_warning(string type)
    {
        string access = type.StartsWith("internal", StringComparison.Ordinal) ? "internal" : "public";
        string contract = Contract.Replace("public", access, StringComparison.Ordinal);
        Assert.Empty(ContractCompilation.Compile($"{contract}[PluginData] {type}"));
    }

    [Fact]
    public void The_record_has_each_member_of_the_data_with_its_offset() => Assert.Equal(
        """
        contract a.b/1 free
        0 D.Name: string @8
        0 D.Age: i32? @24
        0 D.Next: data D? @32
        0 D.IsOn: bool @40
        0 M(value: data D) -> void @40/24

        """,
        ContractCompilation.Record(Contract + "[PluginData] public partial record D(string Name, int? Age, D? Next) { public bool IsOn { get; set; } }"));

    [Fact]
    public void A_later_minor_version_is_appended_behind_the_padding_of_the_one_before() => Assert.Equal(
        """
        contract a.b/1 free
        0 D.A: bool @4
        0 M(value: data D) -> void @40/24
        1 D.B: bool @8

        """,
        ContractCompilation.Record(Contract + "[PluginData] public partial class D { public bool A { get; set; } [ContractMinor(1)] public bool B { get; set; } }"));

    [Fact]
    public void A_contract_that_comes_to_need_data_later_has_it_in_that_minor_version() => Assert.Equal(
        """
        contract a.b/1 free
        0 N() -> void @40/24
        1 D.A: i32 @4
        1 D.B: i32 @8
        1 M(value: data D) -> void @48/28

        """,
        ContractCompilation.Record("""
            [PluginContract("a.b")] public partial interface I { void N(); [ContractMinor(1)] void M(D value) { } }
            [PluginData] public partial class D { public int A { get; set; } [ContractMinor(1)] public int B { get; set; } }
            """));

    [Fact]
    public void A_collection_is_in_C_what_it_is_and_not_what_CSharp_calls_it() => Assert.Equal(
        ContractCompilation.Record("[PluginContract(\"a.b\")] public partial interface I { void M(List<string?> value); }"),
        ContractCompilation.Record("[PluginContract(\"a.b\")] public partial interface I { void M(string?[] value); }"));

    [Theory]
    [InlineData("public record D(int A);", "NPS032 at 'D': 'D' is not partial; a type with [PluginData] is a partial record, class or struct at the top level, and its members are public")]
    [InlineData("public partial record D<T>(T A);", "is generic")]
    [InlineData("public abstract partial record D(int A);", "is abstract and has no case: derive a sealed type with [PluginDataCase(1)] from it")]
    [InlineData("public partial class D : Exception { public int A { get; set; } }", "derives from 'Exception': write its members here")]
    [InlineData("public partial class D { }", "has no public properties or fields")]
    [InlineData("public partial class D { public int A { get; } }", "NPS032 at 'A': 'D.A' cannot be set when it arrives: give it init, or the constructor a parameter of its name and type")]
    [InlineData("public partial class D { public D(int a) { } }", "has no public constructor whose parameters are all members")]
    [InlineData("public partial record D(object A);", "NPS024 at 'object': 'object' cannot cross a contract as the member 'A' of 'D'; use a number")]
    [InlineData("public partial record D(int A, [ContractMinor(1)] int B);", "NPS027 at 'B': 'B' came with minor version 1 and has no default body")]
    [InlineData("public partial class D { public int A { get; set; } [ContractMinor(1)] public required int B { get; set; } }", "NPS027 at 'B'")]
    [InlineData("public partial class D { public int AB { get; set; } public int Ab { get; set; } }", "NPS023 at 'Ab': 'AB' and 'Ab' both become 'ab'")]
    public async Task What_data_cannot_be_is_said_once(string type, string message)
    {
        string error = Assert.Single(await ContractCompilation.Analyze($"[PluginData] {type}"));

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_has_shipped_and_has_changed_is_named()
    {
        const string Data = "[PluginData] public partial class D { public int A { get; set; } public long B { get; set; } }";
        string error = Assert.Single(await ContractCompilation.Analyze(
            Contract + Data, ("a.b.1.contract.txt", ContractCompilation.Record(Contract + Data.Replace("long B", "int B", StringComparison.Ordinal)))));

        Assert.StartsWith("NPS029", error, StringComparison.Ordinal);
        Assert.Contains("has shipped \"0 D.B: i32 @8\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_is_appended_to_what_has_shipped_needs_a_minor_version()
    {
        string shipped = ContractCompilation.Record(Contract + "[PluginData] public partial class D { public int A { get; set; } }");
        string appended = Contract + "[PluginData] public partial class D { public int A { get; set; } public int B { get; set; } }";
        string marked = appended.Replace("public int B", "[ContractMinor(1)] public int B", StringComparison.Ordinal);

        Assert.StartsWith("NPS029", Assert.Single(await ContractCompilation.Analyze(appended, ("a.b.1.contract.txt", shipped))), StringComparison.Ordinal);
        Assert.Empty(await ContractCompilation.Analyze(marked, ("a.b.1.contract.txt", shipped)));
    }
}
