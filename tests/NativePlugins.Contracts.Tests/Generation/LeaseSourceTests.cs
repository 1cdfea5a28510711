using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>The extension methods by which a lease is called.</summary>
public class LeaseSourceTests
{
    [Theory]
    [InlineData("public", "public")]
    [InlineData("internal", "internal")]
    public void They_are_seen_where_the_contract_is(string declared, string emitted) => Assert.Contains(
        $"{emitted} static class ICatLeaseExtensions",
        ContractCompilation.Generate($$"""[PluginContract("a.b")] {{declared}} partial interface ICat { void Purr(); }"""),
        StringComparison.Ordinal);

    [Fact]
    public void A_contract_in_an_internal_class_has_internal_ones()
    {
        const string Nested = """internal static partial class Pets { [PluginContract("a.b")] public partial interface ICat { void Purr(); } }""";
        Assert.Contains("internal static class Pets_ICatLeaseExtensions", ContractCompilation.Generate(Nested), StringComparison.Ordinal);
        Assert.Empty(ContractCompilation.Compile(Nested));
    }

    [Fact]
    public void A_member_may_have_the_name_of_their_class() => Assert.Empty(ContractCompilation.Compile(
        """[PluginContract("a.b")] public partial interface I { void ILeaseExtensions(); int ILeaseExtensions_(); }"""));

    [Theory]
    [InlineData(LanguageVersion.CSharp13, false)]
    [InlineData(LanguageVersion.Preview, true)]
    public void Properties_have_some_from_CSharp_14_on(LanguageVersion version, bool areThere)
    {
        string source = ContractCompilation.Generate("""[PluginContract("a.b")] public partial interface I { int Level { get; } void Reset(); }""", version);

        Assert.Equal(areThere, source.Contains("extension(", StringComparison.Ordinal));
        Assert.Contains("void Reset(this ", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_in_a_lease_compiles_like_one_of_the_contract() => Assert.Empty(ContractCompilation.Compile(
        """
        [PluginContract("a.b")]
        public partial interface IAll
        {
            int Sum(System.ReadOnlySpan<int> values, in long start, out bool isOver, ref double mean);

            System.Threading.Tasks.ValueTask<string> Later(string text, System.Threading.CancellationToken token);

            [ContractMinor(1)]
            void Newer(IAll? other) { }
        }

        public static class User
        {
            public static int Use(NativePlugins.Contracts.PluginLease<IAll> lease)
            {
                double mean = 0;
                lease.Newer(lease.Contract);
                _ = lease.Later("", default);
                return lease.Sum([1, 2], 3, out _, ref mean);
            }
        }
        """));
}
