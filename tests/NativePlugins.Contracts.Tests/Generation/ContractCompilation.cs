using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>Compiles C# with the generator and the analyzer, as a project with contracts would.</summary>
internal static class ContractCompilation
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using NativePlugins.Contracts;";

    private static readonly ImmutableArray<MetadataReference> s_references = TestCompilation.ReferencesWith(typeof(PluginContractAttribute).Assembly);

    public static CSharpCompilation Of(params string[] sources) => CSharpCompilation.Create(
        "contracts_under_test",
        sources.Prepend(Usings).Select(TestCompilation.Tree),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static CSharpCompilation In(LanguageVersion version, string source)
    {
        CSharpCompilation compilation = Of(source);
        CSharpParseOptions parsing = TestCompilation.Parsing.WithLanguageVersion(version);
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), parsing)));
    }

    public static GeneratorDriver Driver(bool trackSteps = false) => CSharpGeneratorDriver.Create(
        [new ContractGenerator().AsSourceGenerator()],
        parseOptions: TestCompilation.Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>The contracts of a project.</summary>
    public static ContractModel[] Models(string source) =>
    [
        .. Of(source).GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(type => ContractAttribute.Of(type) is not null).Select(Model),
    ];

    private static ContractModel Model(INamedTypeSymbol type)
    {
        ContractModel? model = ContractReader.Read(type, ContractAttribute.Of(type)!, out IReadOnlyList<Problem> problems);
        Assert.Equal([], problems.Select(problem => problem.ToDiagnostic().GetMessage()));
        return model!;
    }

    /// <summary>The Rust file of the contracts.</summary>
    public static string Rust(string source) => RustModule.Of(Models(source), "X");

    /// <summary>The code of the contracts and the data, without the Rust file.</summary>
    public static string Generate(string source, LanguageVersion version = LanguageVersion.CSharp13, ContractOptions? options = null) => string.Concat(
        CSharpGeneratorDriver.Create([new ContractGenerator().AsSourceGenerator()], optionsProvider: options).RunGenerators(In(version, source)).GetRunResult().GeneratedTrees
            .Where(tree => !tree.FilePath.EndsWith(".Rust.g.cs", StringComparison.Ordinal))
            .Where(tree => !tree.FilePath.EndsWith("DisableRuntimeMarshalling.g.cs", StringComparison.Ordinal))
            .Select(tree => tree.GetText().ToString()));

    /// <summary>The fingerprints of the one contract of the source, as the code writes them.</summary>
    public static string Fingerprints(string source)
    {
        string code = Generate(source);
        int start = code.IndexOf("            [0x", StringComparison.Ordinal) + 13;
        return code[start..code.IndexOf(']', start)];
    }

    /// <summary>The record of the one contract of the source.</summary>
    public static string Record(string source)
    {
        string code = Generate(source);
        const string Start = "    Record = \"";
        int start = code.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return code[start..code.IndexOf("\")]", start, StringComparison.Ordinal)].Replace("\\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>What the compiler has to say about the source and what is generated from it.</summary>
    public static Diagnostic[] Compile(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Of(source), out Compilation compilation, out _);
        using var assembly = new MemoryStream();
        return [.. compilation.Emit(assembly).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)];
    }

    /// <summary>What the analyzer reports: each as "NPS000 at 'text': message".</summary>
    public static async Task<string[]> Analyze(string source, params (string Name, string Text)[] records)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Of(source), out Compilation compilation, out _);
        var diagnostics = await compilation
            .WithAnalyzers([new ContractAnalyzer()], new AnalyzerOptions([.. records.Select(record => new Shipped(record.Name, record.Text))]))
            .GetAnalyzerDiagnosticsAsync();
        return
        [
            .. diagnostics.OrderBy(d => d.Location.SourceSpan.Start)
                .Select(d => $"{d.Id} at '{d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}': {d.GetMessage()}"),
        ];
    }

    private sealed class Shipped(string name, string text) : AdditionalText
    {
        public override string Path => $"/project/{name}";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
