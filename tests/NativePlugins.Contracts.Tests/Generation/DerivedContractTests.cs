using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>Contracts in classes, and contracts that derive from contracts.</summary>
public class DerivedContractTests
{
    private const string Base = """
        namespace Library
        {
            public static partial class Outer
            {
                internal static partial class Inner
                {
                    /// <summary>The base.</summary>
                    [PluginContract("x.base")]
                    public partial interface IBase
                    {
                        void First();
                        int Level { get; set; }
                        string Last();
                    }
                }
            }
        }
        """;

    private const string Derived = """
        /// <summary>The derived.</summary>
        [PluginContract("x.derived")]
        public partial interface IDerived : IBase
        {
            bool More(string text);
            [ContractMinor(1)]
            void Later() { }
        }
        """;

    private const string Record = """
        contract x.derived/1 free
        0 First() -> void @40/24
        0 get_Level() -> i32 @48/28
        0 set_Level(value: i32) -> void @56/32
        0 Last() -> string @64/36
        0 More(text: string) -> bool @72/40
        1 Later() -> void @80/44

        """;

    private static readonly string s_nestedAndDerived =
        $"{Base} namespace Application.Deep {{ using IBase = global::Library.Outer.Inner.IBase; internal static partial class Contracts {{ {Derived.Replace("public partial", "internal partial", StringComparison.Ordinal)} }} }}";

    [Fact]
    public void Code_of_nested_and_derived_contracts_compiles_without_a_warning() => Assert.Empty(ContractCompilation.Compile(s_nestedAndDerived));

    [Fact]
    public void The_members_of_the_base_come_first_in_its_order() =>
        Assert.Equal(Record, SignatureText.Of(Read(ContractCompilation.Of(s_nestedAndDerived), "IDerived")));

    [Fact]
    public void A_base_of_another_project_has_the_order_of_its_source()
    {
        string source = Base.Replace("internal static", "public static", StringComparison.Ordinal);
        ContractCompilation.Driver().RunGeneratorsAndUpdateCompilation(ContractCompilation.Of(source), out Compilation library, out _);
        using var assembly = new MemoryStream();
        Assert.True(library.WithAssemblyName("library").Emit(assembly).Success);
        CSharpCompilation application = ContractCompilation.Of($"using IBase = Library.Outer.Inner.IBase; {Derived}")
            .AddReferences(MetadataReference.CreateFromImage(assembly.ToArray()));

        Assert.Equal(Record, SignatureText.Of(Read(application, "IDerived")));
        ContractCompilation.Driver().RunGeneratorsAndUpdateCompilation(application, out Compilation compiled, out _);
        Assert.Equal([], compiled.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
    }

    [Fact]
    public void Two_bases_follow_each_other()
    {
        const string Source = "[PluginContract(\"x.a\")] public partial interface IA { void A(); } [PluginContract(\"x.b\")] public partial interface IB { void B(); } "
            + "[PluginContract(\"x.c\")] public partial interface IC : IB, IA { void C(); }";

        Assert.Empty(ContractCompilation.Compile(Source));
        Assert.Equal(
            "contract x.c/1 free\n0 B() -> void @40/24\n0 A() -> void @48/28\n0 C() -> void @56/32\n", SignatureText.Of(Read(ContractCompilation.Of(Source), "IC")));
    }

    [Fact]
    public void A_long_line_of_bases_is_read_once_and_not_again_for_each_way_up()
    {
        IEnumerable<string> contracts = Enumerable.Range(0, 30)
            .Select(i => $"[PluginContract(\"x.c{i}\")] public partial interface IC{i}{(i == 0 ? "" : $" : IC{i - 1}")} {{ void M{i}(); }}");

        Assert.Empty(ContractCompilation.Compile(string.Join('\n', contracts)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_base_is_said_once() => Assert.StartsWith(
        "NPS024 at 'object'",
        Assert.Single(await ContractCompilation.Analyze(
            "[PluginContract(\"x.a\")] public partial interface IA { void A(object o); } [PluginContract(\"x.b\")] public partial interface IB : IA { }")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("public static class Outer { [PluginContract(\"x.a\")] public partial interface IA { } }", "NPS020", "'IA' is in 'Outer', which is not partial")]
    [InlineData("public partial class Outer { [PluginContract(\"x.a\")] public partial interface IA { } }", "NPS020", "'IA' is in 'Outer', which is no static class")]
    [InlineData("public static partial class Outer<T> { [PluginContract(\"x.a\")] public partial interface IA { } }", "NPS020", "'IA' is ")]
    [InlineData("public static partial class Outer { [PluginContract(\"x.a\")] partial interface IA { } }", "NPS020", "'IA' is private: say public or internal")]
    [InlineData("public partial interface IA { } [PluginContract(\"x.b\")] public partial interface IB : IA { }", "NPS020", "'IB' derives from 'IA', which is no contract: give that one [PluginContract], or its members to 'IB'")]
    [InlineData("[PluginContract(\"x.a\", Major = 2)] public partial interface IA { } [PluginContract(\"x.b\")] public partial interface IB : IA { }", "NPS020", "'IB' is of major version 1 and derives from 'IA' of major version 2")]
    [InlineData("[PluginContract(\"x.a\", Threading = ContractThreading.Serialized)] public partial interface IA { } [PluginContract(\"x.b\")] public partial interface IB : IA { }", "NPS020", "'IB' derives from 'IA' of another Threading: give both the same one")]
    [InlineData("[PluginContract(\"x.a\")] public partial interface IA { void M(); } [PluginContract(\"x.b\")] public partial interface IB : IA { } [PluginContract(\"x.c\")] public partial interface IC : IA { } [PluginContract(\"x.d\")] public partial interface ID : IB, IC { }", "NPS020", "'ID' derives from 'IA' in two ways")]
    [InlineData("[PluginContract(\"x.a\")] public partial interface IA { void M(); } [PluginContract(\"x.b\")] public partial interface IB : IA { new void M(); }", "NPS023", "'M' and 'M' both become 'm'")]
    [InlineData("[PluginContract(\"x.a\")] public partial interface IA { [ContractMinor(1)] void M() { } } [PluginContract(\"x.b\")] public partial interface IB : IA { void N(); }", "NPS026", "'N' is of minor version 0, and comes after a member of minor version 1")]
    public async Task Where_a_contract_cannot_stand_or_come_from_is_said(string source, string id, string message)
    {
        string error = Assert.Single(await ContractCompilation.Analyze(source));

        Assert.StartsWith(id, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static ContractModel Read(CSharpCompilation compilation, string name)
    {
        INamedTypeSymbol type = compilation.GetSymbolsWithName(name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        ContractModel? model = ContractReader.Read(type, ContractAttribute.Of(type)!, out IReadOnlyList<Problem> problems);
        Assert.Equal([], problems.Select(problem => problem.ToDiagnostic().GetMessage()));
        return model!;
    }
}
