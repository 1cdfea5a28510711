namespace NativePlugins.EndToEnd.Tests;

/// <summary>The application against a worker that answers with random frames, numbers and lies.</summary>
public class LyingWorkerTests
{
    private const int Rounds = 300;

    [Fact]
    public void Whatever_a_worker_says_the_application_gets_a_plugin_exception_and_goes_on()
    {
        using var scratch = new Scratch();
        string liar = scratch.PathOf("liar");
        Tool.Run("cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", liar, "tests/fixtures/isolation/lying_worker.c");
        var options = new PluginHostOptions { LifecycleDeadline = TimeSpan.FromSeconds(5) };
        options.Worker.Path = liar;
        using PluginHost host = Isolated.Host(options);

        for (int seed = 1; seed <= Rounds; seed++)
        {
            string library = scratch.Fixture("echo", $"liar_{seed}/liblies_{seed}.so");
            Exception? thrown = Record.Exception(() =>
            {
                using Plugin plugin = host.Load(library);
                plugin.RunCommand(["a", "b"], TextWriter.Null, TextWriter.Null);
            });

            Assert.True(thrown is null or PluginException, $"seed {seed}: {thrown}");
            Assert.True(Isolated.WorkersOf(Environment.ProcessId, $"lies_{seed}").Length == 0, $"seed {seed}: its process is still there");
        }
    }
}
