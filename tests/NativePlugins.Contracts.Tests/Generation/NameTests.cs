using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Tests.Headers;

namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>What names do to the generated code and its files: it compiles, or the analyzer says which name is wrong.</summary>
public class NameTests
{
    [Fact]
    public void Code_with_hostile_names_compiles() => Assert.Equal([], Messages(HostileNames.Source(HostileNames.All)));

    [Theory]
    [InlineData("namespace @event.@class; [PluginContract(\"a.b\")] public partial interface @interface { int @namespace(int @int, string @string); ValueTask @void(CancellationToken @return); }")]
    [InlineData("[PluginContract(\"a.b\", Threading = ContractThreading.Serialized)] public partial interface IA { ValueTask<int> @event(int @event); void Functions(); int Equals(int other); void Finalize(int x); string ToString(int x); void Table(); void Facts(); void Prefix(); void SlotA(); void A(); }")]
    [InlineData("[PluginContract(\"a.b\", Threading = ContractThreading.Serialized)] public partial interface IA { int Sum(int _link, int _turns, IA? link, CancellationToken turns); ValueTask Later(int _link, int _turns); }")]
    [InlineData("[PluginContract(\"a.b\")] public partial interface Iä‿é { void Größe(int größe); }")]
    public void A_contract_may_be_called_what_C_sharp_allows(string source) => Assert.Equal([], Messages(source));

    [Theory]
    [InlineData("[PluginContract(\"a.b\")] public partial interface IFoo { void A(); } [PluginContract(\"a.c\")] public partial interface Ifoo { void A(); }")]
    [InlineData("namespace N { [PluginContract(\"a.b\")] public partial interface IX { } } namespace n { [PluginContract(\"a.c\")] public partial interface iX { } [PluginContract(\"a.d\")] public partial interface Ix { } }")]
    public void Contracts_that_differ_only_in_the_case_of_letters_are_both_generated(string source) => Assert.Equal([], Messages(source));

    [Fact]
    public void A_name_that_is_longer_than_a_files_can_be_is_generated() =>
        Assert.Equal([], Messages($"[PluginContract(\"a.b\")] public partial interface I{new string('x', 400)} {{ }} [PluginContract(\"a.c\")] public partial interface I{new string('x', 401)} {{ }}"));

    [Fact]
    public void An_attribute_on_two_parts_is_the_compilers_error_and_not_a_failed_generator()
    {
        string[] found = Messages("[PluginContract(\"a.b\")] public partial interface IA { } [PluginContract(\"a.b\")] public partial interface IA { }");

        Assert.All(found, message => Assert.StartsWith("CS0579", message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_file_stays_what_it_was() => Assert.Contains(
        ContractCompilation.Driver().RunGenerators(ContractCompilation.Of("namespace Imaging; [PluginContract(\"a.b\")] public partial interface IFilter { }")).GetRunResult().GeneratedTrees,
        tree => Path.GetFileName(tree.FilePath) == "Imaging.IFilter.g.cs");

    [Theory]
    [InlineData("public enum Seek { Set } [PluginContract(\"a.b\")] public partial interface I { void M(Seek x); }", "NPS030", "'SEEK_SET' is a macro of ISO C's headers")]
    [InlineData("[PluginContract(\"a.b\")] public partial interface I { int M(int __result); }", "NPS030", "'__result' is a name of the generated code")]
    [InlineData("[PluginContract(\"a.b\")] public partial interface I { int M(string a, string __text_a); }", "NPS030", "'__text_a' is a name of the generated code")]
    [InlineData("public enum E { Ab, AB } [PluginContract(\"a.b\")] public partial interface I { void M(E x); }", "NPS023", "'E.Ab' and 'E.AB' both become 'E_AB'")]
    [InlineData("public enum E { Declared } [PluginContract(\"a.b\")] public partial interface I { void M(E x); }", "NPS023", "'E' and 'E.Declared' both become 'E_DECLARED'")]
    [InlineData("public struct S { public int Ab; public int ab; public int AB; } [PluginContract(\"a.b\")] public partial interface I { void M(S x); }", "NPS023", "both become 'ab'")]
    [InlineData("namespace A { public struct Size { public int X; } [PluginContract(\"a.b\")] public partial interface I { void M(Size aSize, Size other); } }", "NPS023", "'A.Size' and 'aSize' both become 'a_size'")]
    [InlineData("namespace A { public struct Size { public int X; } [PluginContract(\"a.b\")] public partial interface I { Size ASize(); } }", "NPS023", "'A.Size' and 'ASize' both become 'a_size'")]
    [InlineData("namespace A { public struct B { public int X; } } public struct AB { public int Y; } namespace N { [PluginContract(\"a.b\")] public partial interface I { void M(global::A.B x, A_B y); } } public struct A_B { public int Z; }", "NPS023", "'A.B' and 'A_B' both become 'a_b'")]
    public async Task A_name_that_cannot_be_mapped_is_refused_with_what_it_would_become(string source, string code, string words)
    {
        string[] found = await ContractCompilation.Analyze(source);

        Assert.All(found, message => Assert.StartsWith(code, message, StringComparison.Ordinal));
        Assert.Contains(found, message => message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[PluginContract(\"a.b_c\")] public partial interface IA { } [PluginContract(\"a_b.c\")] public partial interface IB { }", "'IA' and 'IB' both write 'a_b_c_1.h'; give one of them another id")]
    [InlineData("namespace A { public struct B { public int X; } [PluginContract(\"a.b\")] public partial interface IA { void M(B x); } } public struct A_B { public int X; } [PluginContract(\"a.c\")] public partial interface IB { void M(A_B x); }", "'A.B' and 'A_B' both write 'a_b'; give one of them another name")]
    public async Task Contracts_that_write_one_name_are_refused(string source, string words)
    {
        string found = Assert.Single(await ContractCompilation.Analyze(source));

        Assert.StartsWith("NPS031", found, StringComparison.Ordinal);
        Assert.Contains(words, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aux.time", "aux-.time.1.contract.txt")]
    [InlineData("com1.port", "com1-.port.1.contract.txt")]
    [InlineData("common.port", "common.port.1.contract.txt")]
    public async Task A_record_is_no_device_of_Windows(string id, string name)
    {
        string source = $"[PluginContract(\"{id}\")] public partial interface IHostile {{ void A(); }}";

        Assert.Contains($"RecordName = \"{name}\"", ContractCompilation.Generate(source), StringComparison.Ordinal);
        Assert.Contains("NPS029", Assert.Single(await ContractCompilation.Analyze(source, (name, $"contract {id}/1 free\n0 B() -> void @40/24\n"))), StringComparison.Ordinal);
        Assert.Contains("NPS029", Assert.Single(await ContractCompilation.Analyze(source, ($"{id}.1.contract.txt", $"contract {id}/1 free\n0 B() -> void @40/24\n"))), StringComparison.Ordinal);
    }

    private static string[] Messages(string source)
    {
        ContractCompilation.Driver().RunGeneratorsAndUpdateCompilation(ContractCompilation.Of(source), out Compilation compilation, out var generated);
        using var assembly = new MemoryStream();
        return [.. compilation.Emit(assembly).Diagnostics.Concat(generated).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => $"{d.Id}: {d.GetMessage()}")];
    }
}
