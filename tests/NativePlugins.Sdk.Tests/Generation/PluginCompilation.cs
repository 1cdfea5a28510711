using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NativePlugins.Sdk.Generators;

namespace NativePlugins.Sdk.Tests.Generation;

/// <summary>Compiles C# with the generator and the analyzers, as a plugin project would.</summary>
internal static class PluginCompilation
{
    public const string RuntimeVersion = "9.9.9";

    private static readonly ImmutableArray<MetadataReference> s_references = TestCompilation.ReferencesWith(typeof(PluginAttribute).Assembly);

    public static CSharpCompilation Of(params string[] sources) => CSharpCompilation.Create(
        "plugin_under_test",
        sources.Select(TestCompilation.Tree),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(bool trackSteps = false) => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()],
        parseOptions: TestCompilation.Parsing,
        optionsProvider: new BuildProperties(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>The text that the generator adds; empty when it adds nothing.</summary>
    public static string Generate(string source) =>
        string.Concat(Driver().RunGenerators(Of(source)).GetRunResult().GeneratedTrees.Select(tree => tree.GetText().ToString()));

    /// <summary>The assembly's bytes. Any warning or error of the compiler fails the test.</summary>
    public static byte[] Emit(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Of(source), out Compilation compilation, out _);
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        return assembly.ToArray();
    }

    /// <summary>What the analyzers report: each as "NPS000: message".</summary>
    public static async Task<string[]> Analyze(string source, bool isPlugin = true)
    {
        Compilation compilation = Of("global using System; global using System.Threading.Tasks; global using NativePlugins.Sdk;", source);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var diagnostics = await compilation
            .WithAnalyzers(
                [new PluginClassAnalyzer(), new PluginCodeAnalyzer()],
                new AnalyzerOptions([], new BuildProperties { IsNativePlugin = isPlugin }))
            .GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Id).ThenBy(d => d.Location.SourceSpan.Start).Select(d => $"{d.Id}: {d.GetMessage()}")];
    }

    private sealed class BuildProperties : AnalyzerConfigOptionsProvider
    {
        public bool IsNativePlugin { get; init; } = true;

        public override AnalyzerConfigOptions GlobalOptions => new Options(IsNativePlugin);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(bool isNativePlugin) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = key switch
            {
                "build_property.IsNativePlugin" => isNativePlugin ? "true" : "false",
                "build_property.NativePluginRuntimeVersion" => RuntimeVersion,
                _ => "",
            };
            return value.Length > 0;
        }
    }
}
