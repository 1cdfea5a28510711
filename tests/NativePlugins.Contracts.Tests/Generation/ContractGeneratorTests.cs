using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Generation;

public class ContractGeneratorTests
{
    private const string Filter = """
        namespace Imaging;

        /// <summary>The size of an image.</summary>
        /// <param name="Width">In pixels.</param>
        /// <param name="Height">In pixels.</param>
        public record struct ImageSize(int Width, int Height);

        /// <summary>Changes an image in place.</summary>
        [PluginContract("imaging.filter", Threading = ContractThreading.Serialized)]
        public partial interface IImageFilter
        {
            /// <summary>What the filter is called.</summary>
            string GetName();

            /// <summary>Filters 8-bit RGBA pixels, row by row.</summary>
            /// <param name="pixels">Four bytes a pixel.</param>
            /// <param name="size">How many there are.</param>
            void Apply(Span<byte> pixels, in ImageSize size, string settings);

            /// <summary>The same, later.</summary>
            ValueTask<bool> ApplyAsync(Memory<byte> pixels, ImageSize size, IImageFilter? next, CancellationToken cancellationToken);

            /// <summary>How much memory it needs.</summary>
            [ContractMinor(1), FastCall]
            bool TryGetMemoryUse(out long bytes)
            {
                bytes = 0;
                return false;
            }
        }
        """;

    [Fact]
    public void The_emitted_code_is_the_recorded_one()
    {
        string emitted = ContractCompilation.Generate(Filter);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Repository.PathOf("tests/NativePlugins.Contracts.Tests/Generation/ImageFilter.g.txt"), emitted);
        }

        Assert.Equal(TestCompilation.Resource("ImageFilter.g.txt"), emitted);
    }

    [Fact]
    public void The_emitted_code_compiles_without_a_warning() => Assert.Empty(ContractCompilation.Compile(Filter));

    [Theory]
    [InlineData("bool M(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value);")]
    [InlineData("void M([System.Diagnostics.CodeAnalysis.NotNull] ref string? value, [System.Diagnostics.CodeAnalysis.AllowNull] ref List<int> items);")]
    [InlineData("int[] M(out int[] values, out (int, string?)? pair, ref System.DateTime? time, ref string text, out Dictionary<string, int[]> all);")]
    [InlineData("(int, string) M((int, string?) first, (int Count, string) second, List<(int, byte)?> third);")]
    [InlineData("void M(out string @out, ref string @ref, out bool flag, in long number);")]
    public void Code_of_out_and_ref_compiles_without_a_warning(string member) =>
        Assert.Empty(ContractCompilation.Compile($"[PluginContract(\"a.b\")] public partial interface I {{ {member} }}"));

    [Fact]
    public void What_the_analyzer_refuses_emits_nothing() =>
        Assert.Empty(ContractCompilation.Generate("[PluginContract(\"a.b\")] public partial interface I { object Get(); }"));

    [Fact]
    public void A_contract_that_has_not_changed_emits_what_it_emitted_when_it_shipped()
    {
        string frozen = Repository.PathOf("tests/contracts/NativePlugins.FrozenContracts");

        string emitted = ContractCompilation.Generate(File.ReadAllText(Path.Combine(frozen, "IEvolving.cs")));

        Assert.Equal(Fingerprint(File.ReadAllText(Path.Combine(frozen, "IEvolving.g.cs"))), Fingerprint(emitted));
    }

    [Fact]
    public void An_unrelated_edit_runs_nothing_again()
    {
        var compilation = ContractCompilation.Of(Filter, "class Other { int Value() => 1; }");
        var driver = ContractCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[2], TestCompilation.Tree("class Other { int Value() => 2; } class More;"));

        Assert.All(Reasons(driver.RunGenerators(edited)), reason => Assert.Contains(reason, Idle));
    }

    [Fact]
    public void An_edit_inside_a_default_body_emits_nothing_again()
    {
        var compilation = ContractCompilation.Of(Filter);
        var driver = ContractCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[1], TestCompilation.Tree(Filter.Replace("bytes = 0;", "bytes = 7;", StringComparison.Ordinal)));

        Assert.All(Reasons(driver.RunGenerators(edited)), reason => Assert.Contains(reason, Idle));
    }

    [Fact]
    public void An_edit_of_a_member_emits_again()
    {
        var compilation = ContractCompilation.Of(Filter);
        var driver = ContractCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[1], TestCompilation.Tree(Filter.Replace("string settings", "string text", StringComparison.Ordinal)));

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(driver.RunGenerators(edited)));
    }

    private static readonly IncrementalStepRunReason[] Idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static string Fingerprint(string source) => source[source.IndexOf("[0x", StringComparison.Ordinal)..][..20];

    private static List<IncrementalStepRunReason> Reasons(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        var steps = result.TrackedSteps[ContractGenerator.ModelStep].Concat(result.TrackedOutputSteps.Values.SelectMany(s => s));
        var reasons = steps.SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        Assert.True(reasons.Count >= 3);
        return reasons;
    }
}
