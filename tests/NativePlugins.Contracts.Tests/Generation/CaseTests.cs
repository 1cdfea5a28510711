namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>What becomes of data that is one of several types, and what cannot be a case.</summary>
public class CaseTests
{
    private const string Contract = "[PluginContract(\"a.b\")] public partial interface I { void M(B value); }\n";

    private const string Base = "[PluginData] public abstract partial record B(string Name);\n";

    private const string Cases = "[PluginDataCase(1)] public sealed partial record C(string Name, int Size) : B(Name);\n[PluginDataCase(5)] public sealed partial record D(string Name) : B(Name);\n";

    private const string Later = "[PluginDataCase(2)] [ContractMinor(1)] public sealed partial record E(string Name, long Size) : B(Name);\n";

    [Fact]
    public void The_record_has_each_case_with_its_tag() => Assert.Equal(
        """
        contract a.b/1 free
        0 B case 1: C
        0 B case 5: D
        0 B.Name: string @16
        0 C.Size: i32 @4
        0 M(value: data B) -> void @40/24

        """,
        ContractCompilation.Record(Contract + Base + Cases));

    [Fact]
    public void A_base_that_is_not_abstract_is_the_case_of_the_tag_0() => Assert.StartsWith(
        "contract a.b/1 free\n0 B case 0: B\n0 B case 1: C\n0 B case 5: D\n",
        ContractCompilation.Record(Contract + Base.Replace("abstract ", "", StringComparison.Ordinal) + Cases), StringComparison.Ordinal);

    [Fact]
    public void A_contract_that_names_a_case_has_the_data_of_its_base() => Assert.Equal(
        """
        contract a.b/1 free
        0 B case 1: C
        0 B case 5: D
        0 B.Name: string @16
        0 C.Size: i32 @4
        0 M(value: case 1 of data B) -> void @40/24

        """,
        ContractCompilation.Record(Contract.Replace("B value", "C value", StringComparison.Ordinal) + Base + Cases));

    [Fact]
    public void A_case_that_comes_later_leaves_the_earlier_fingerprints_as_they_were()
    {
        string before = ContractCompilation.Fingerprints(Contract + Base + Cases), after = ContractCompilation.Fingerprints(Contract + Base + Cases + Later);

        Assert.Matches("^[0-9A-Fx]+$", before);
        Assert.StartsWith($"{before}, ", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PluginDataCase(5)", "PluginDataCase(6)", "has shipped \"0 B case 5: D\"")]
    [InlineData("int Size", "long Size", "has shipped \"0 C.Size: i32 @4\"")]
    [InlineData("[PluginDataCase(5)] public sealed partial record D(string Name) : B(Name);\n", "", "has shipped \"0 B case 5: D\"")]
    public async Task A_case_that_has_shipped_and_has_changed_is_named(string shipped, string now, string message)
    {
        string error = Assert.Single(await ContractCompilation.Analyze(
            Contract + Base + Cases.Replace(shipped, now, StringComparison.Ordinal), ("a.b.1.contract.txt", ContractCompilation.Record(Contract + Base + Cases))));

        Assert.StartsWith("NPS029", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_is_added_to_what_has_shipped_needs_a_minor_version()
    {
        (string, string) shipped = ("a.b.1.contract.txt", ContractCompilation.Record(Contract + Base + Cases));

        Assert.StartsWith("NPS029", Assert.Single(await ContractCompilation.Analyze(Contract + Base + Cases + Later.Replace("[ContractMinor(1)] ", "", StringComparison.Ordinal), shipped)), StringComparison.Ordinal);
        Assert.Empty(await ContractCompilation.Analyze(Contract + Base + Cases + Later, shipped));
    }

    [Theory]
    [InlineData("public abstract partial record B;", "public sealed partial record C : B;")]
    [InlineData("public partial record B(string? Name);", "public sealed partial record C(string? Name) : B(Name);")]
    [InlineData("public abstract partial class B { public required string Name { get; init; } public int Tag; }", "public sealed partial class C : B { public Dictionary<string, B?>? Value { get; set; } }")]
    [InlineData("public abstract partial class B(string name) { public string Name { get; } = name; public abstract int Twice { get; } }", "public sealed partial class C(string name) : B(name) { public override int Twice => 2; }")]
    [InlineData("public abstract partial record B(string Name) { public virtual int Size { get; init; } }", "public sealed partial record C(string Name) : B(Name) { public override int Size { get; init; } }")]
    [InlineData("public abstract partial record B(string Name, [property: ContractMinor(1)] int Level = 1) { [ContractMinor(2)] public int Depth { get; init; } }", "public sealed partial record C(string Name, int Level = 1) : B(Name, Level) { [ContractMinor(1)] public int Size { get; init; } [ContractMinor(3)] public bool IsOn { get; init; } }")]
    [InlineData("public partial class B { public int Id { get; set; } [PluginDataCase(2)] public sealed partial class @class : B; [PluginDataCase(3)] internal sealed partial class Hidden : B { public int Size { get; set; } } }", "public sealed partial class C : B;")]
    public void Code_of_cases_compiles_without_a_warning(string type, string item) =>
        Assert.Empty(ContractCompilation.Compile($"{Contract}[PluginData] {type}\n[PluginDataCase(1)] {item}"));

    [Theory]
    [InlineData("public partial record C(string Name) : B(Name);", "NPS033 at 'C': 'C' is not sealed: what derives from it could not arrive; a type with [PluginDataCase] is a sealed partial record or class with a tag of its own, and derives from one with [PluginData] of its project")]
    [InlineData("public sealed record C(string Name) : B(Name);", "is not partial")]
    [InlineData("public sealed partial record C<T>(string Name) : B(Name);", "is generic")]
    [InlineData("public sealed partial record C : B { public C(int size) : base(\"c\") { } }", "has no public constructor whose parameters are all members, be they its own or its base's")]
    [InlineData("public sealed partial record C(int Size) : B(\"c\");", "")]
    [InlineData("public sealed partial record C(string Name, object Size) : B(Name);", "NPS024 at 'object': 'object' cannot cross a contract as the member 'Size' of 'C'")]
    [InlineData("public sealed partial record C(string Name) : B(Name) { public new string Name { get; init; } = \"\"; }", "hides the member 'Name' of 'B'")]
    [InlineData("public sealed partial record C(string Name) : B(Name) { public int Size { get; } = 1; }", "'C.Size' cannot be set when it arrives")]
    [InlineData("public sealed partial record C(string Name, [property: ContractMinor(1)] int Size) : B(Name);", "NPS027")]
    [InlineData("[PluginData] public sealed partial record C(string Name) : B(Name);", "has [PluginData] too")]
    public async Task What_a_case_cannot_be_is_said_once(string type, string message)
    {
        string[] errors = await ContractCompilation.Analyze($"{Base}[PluginDataCase(1)] {type}\n[PluginDataCase(9)] public sealed partial record Z(string Name) : B(Name);");

        if (message.Length == 0)
        {
            Assert.Empty(errors);
            return;
        }

        Assert.Contains(message, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[PluginDataCase(0)] public sealed partial record C(string Name) : B(Name);", "has the tag 0; tags are 1 to 65535")]
    [InlineData("[PluginDataCase(9)] public sealed partial record C(string Name) : B(Name);", "has the tag 9, which is the one of")]
    [InlineData("public sealed record C(string Name) : B(Name);", "derives from 'B' and is none of its cases: give it [PluginDataCase]")]
    [InlineData("[PluginDataCase(2)] public sealed partial record C(string Name) : Exception;", "derives from 'Exception', which has no [PluginData]")]
    [InlineData("public static partial class Outer { [PluginDataCase(2)] public sealed partial record C(string Name) : B(Name); }", "is nested in 'Outer': move it out, or into 'B'")]
    [InlineData("[PluginData] public partial record C(string Name) : B(Name);", "give it [PluginDataCase(1)] in place of [PluginData]")]
    public async Task What_a_hierarchy_cannot_be_is_said(string type, string message) => Assert.Contains(
        await ContractCompilation.Analyze($"{Base}[PluginDataCase(9)] public sealed partial record Z(string Name) : B(Name);\n{type}"),
        error => error.Contains(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_member_of_the_base_that_a_case_cannot_set_is_named_at_the_case()
    {
        string error = Assert.Single(await ContractCompilation.Analyze(
            "[PluginData] public abstract partial class B(string name) { public string Name { get; } = name; }\n[PluginDataCase(1)] public sealed partial class C() : B(\"c\");"));

        Assert.StartsWith("NPS033 at 'C': 'C' cannot set 'Name' of 'B' when it arrives: give its constructor a parameter of that name and type, or 'Name' init", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_cases_of_one_name_in_C_are_refused() => Assert.Contains(
        "NPS023", Assert.Single(await ContractCompilation.Analyze(Contract + Base + "[PluginDataCase(1)] public sealed partial record AB(string Name) : B(Name); namespace N { [PluginDataCase(2)] public sealed partial record Ab(string Name) : B(Name); }")), StringComparison.Ordinal);
}
