using Microsoft.CodeAnalysis;
using NativePlugins.Sdk.Generators;

namespace NativePlugins.Sdk.Tests.Generation;

public class PluginGeneratorTests
{
    private const string HelloWorld = """
        using NativePlugins.Sdk;

        namespace Samples;

        [Plugin("hello_world", Name = "Hello, \"world\" ✓", Version = "1.0.0")]
        internal sealed class HelloWorld(PluginContext context) : ICommand
        {
            public int Run(CommandContext command) => context.HostName.Length;
        }
        """;

    [Fact]
    public void The_emitted_code_is_the_recorded_one() =>
        Assert.Equal(TestCompilation.Resource("HelloWorld.g.txt"), PluginCompilation.Generate(HelloWorld));

    [Fact]
    public void The_emitted_code_compiles_without_a_warning() => Assert.NotEmpty(PluginCompilation.Emit(HelloWorld));

    [Theory]
    [InlineData("")]
    [InlineData("[NativePlugins.Sdk.Plugin(\"A\", Version = \"1.0.0\")] class BadId;")]
    [InlineData("[NativePlugins.Sdk.Plugin(\"a\", Version = \"1\")] class BadVersion;")]
    [InlineData("[NativePlugins.Sdk.Plugin(\"a\")] class NoVersion;")]
    [InlineData("[NativePlugins.Sdk.Plugin(\"a\", Version = \"1.0.0\")] class Generic<T>;")]
    [InlineData("[NativePlugins.Sdk.Plugin(\"a\", Version = \"1.0.0\")] class A; [NativePlugins.Sdk.Plugin(\"b\", Version = \"1.0.0\")] class B;")]
    public void What_the_analyzers_refuse_emits_nothing(string source) => Assert.Empty(PluginCompilation.Generate(source));

    [Fact]
    public void A_plugin_without_a_command_says_so_in_its_metadata() =>
        Assert.Contains(
            "AssemblyMetadata(\"NativePlugins.Services\", \"np.memory/1\")",
            PluginCompilation.Generate("[NativePlugins.Sdk.Plugin(\"a\", Version = \"1.0.0\")] class A;"),
            StringComparison.Ordinal);

    [Fact]
    public void An_unrelated_edit_runs_nothing_again()
    {
        var compilation = PluginCompilation.Of(HelloWorld, "class Other { int Value() => 1; }");
        var driver = PluginCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[1], TestCompilation.Tree("class Other { int Value() => 2; } class More;"));
        var steps = Reasons(driver.RunGenerators(edited));

        Assert.All(steps, reason => Assert.Contains(reason, Idle));
    }

    [Fact]
    public void An_edit_inside_the_plugin_class_emits_nothing_again()
    {
        var compilation = PluginCompilation.Of(HelloWorld);
        var driver = PluginCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], TestCompilation.Tree(HelloWorld.Replace(".Length", ".Length + 1", StringComparison.Ordinal)));
        var steps = Reasons(driver.RunGenerators(edited));

        Assert.All(steps, reason => Assert.Contains(reason, Idle));
    }

    [Fact]
    public void An_edit_of_the_attribute_emits_again()
    {
        var compilation = PluginCompilation.Of(HelloWorld);
        var driver = PluginCompilation.Driver(trackSteps: true).RunGenerators(compilation);

        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], TestCompilation.Tree(HelloWorld.Replace("1.0.0", "1.0.1", StringComparison.Ordinal)));
        var steps = Reasons(driver.RunGenerators(edited));

        Assert.Contains(IncrementalStepRunReason.Modified, steps);
    }

    private static readonly IncrementalStepRunReason[] Idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static List<IncrementalStepRunReason> Reasons(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        var steps = result.TrackedSteps[PluginGenerator.ModelStep]
            .Concat(result.TrackedSteps[PluginGenerator.OutputStep])
            .Concat(result.TrackedOutputSteps.Values.SelectMany(s => s));
        var reasons = steps.SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        Assert.True(reasons.Count >= 3);
        return reasons;
    }
}
