using System.Globalization;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Real toolchains write their output over the installed library, one build after another, under <c>host watch</c>.</summary>
public class RewriteTests
{
    /// <summary>Set to 20 for as many builds by dotnet publish as by the others; each takes some seconds.</summary>
    private const string PublishesVariable = "NATIVE_PLUGINS_TEST_PUBLISHES";

    // A limit for a test that hangs. A build by dotnet publish takes seconds, but minutes on a busy machine.
    private static readonly TimeSpan s_least = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_build = TimeSpan.FromMinutes(3);

    private static readonly int s_publishes =
        int.Parse(Environment.GetEnvironmentVariable(PublishesVariable) ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public void Twenty_builds_by_gcc_are_each_picked_up_once()
    {
        Rewrite("generations", 20, "generation {0}, run {0}\n", (library, number) => Tool.Run(TestTarget.C,
            "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", $"-DGENERATION={number}", "-o", library, "tests/fixtures/generations.c"));
    }

    [RustFact]
    public void Twenty_builds_by_rustc_are_each_picked_up_once()
    {
        using var scratch = new Scratch();
        string source = File.ReadAllText(Repository.PathOf("plugins-native/hello_rust/hello_rust.rs"))
            .Replace("../sdk", Repository.PathOf("plugins-native/sdk"), StringComparison.Ordinal);
        Rewrite("hello_rust", 20, "Hello {0}, world!\n", (library, number) => Tool.Run("rustc",
            "--edition", "2021", "--crate-type", "cdylib", "-C", "strip=debuginfo", "-L", $"native={Repository.PathOf("plugins-native/sdk/rust/link")}", "-o", library,
            scratch.Write("hello_rust.rs", source.Replace("Hello, {name}", $"Hello {number}, {{name}}", StringComparison.Ordinal))));
    }

    [Fact]
    public void Builds_by_dotnet_publish_are_each_picked_up_once()
    {
        using var project = new PluginProject("rewritten_project");

        // MSBuild takes quotes out of a property.
        string published = Repository.PathOf("artifacts/projects/rewritten_project/published");
        Rewrite("rewritten_project", s_publishes, "build {0}, run {0}\n", (_, number) =>
        {
            project.Save($"build {number}, run");
            project.Publish(published);
        }, published);
    }

    private static void Rewrite(string stem, int count, string expected, Action<string, int> build, string? folder = null)
    {
        using var scratch = new Scratch();
        string library = Path.Combine(folder ?? scratch.Folder("plugins"), $"lib{stem}.so");
        build(library, 1);
        using var watched = new Watched(new HostEnvironment { Limit = s_least + (count * s_build) }, "--staging-dir", scratch.Folder("staging"), library);
        watched.WaitForRun(1);
        for (int i = 2; i <= count + 1; i++)
        {
            build(library, i);
            Assert.Equal(string.Format(CultureInfo.InvariantCulture, expected, i), watched.WaitForRun(i));
        }

        Assert.Equal(count, watched.End().Count(item => item.GetProperty("event").GetString() == "reloaded"));
    }
}
