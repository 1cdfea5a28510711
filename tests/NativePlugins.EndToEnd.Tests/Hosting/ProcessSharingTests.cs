namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a plugin meets of the rest of the process: docs/getting-started/plugin-native.md says these facts.</summary>
public class ProcessSharingTests
{
    [Theory]
    [InlineData("default", "2\n")]
    [InlineData("hidden", "1\n")]
    public void A_visible_function_is_replaced_by_one_that_is_global_in_the_process_and_a_hidden_one_is_not(string visibility, string answer)
    {
        using var scratch = new Scratch();
        string plugin = Path.Combine(scratch.Folder("plugins"), "libinterposed.so");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-O2", $"-DVISIBILITY=\"{visibility}\"", "-I", "abi", "-I", "tests/fixtures", "-o", plugin, "tests/fixtures/interposed.c");
        // LD_PRELOAD takes a space for the end of a name.
        string directory = Directory.CreateTempSubdirectory("native-plugins-preload-").FullName;
        try
        {
            string preloaded = Path.Combine(directory, "libpreloaded.so");
            Tool.Run(TestTarget.C, "-shared", "-fPIC", "-o", preloaded, scratch.Write("preloaded.c", "int np_interposed(void) { return 2; }\n"));

            HostResult result = HostProcess.RunIn(new HostEnvironment { Variables = { ["LD_PRELOAD"] = preloaded } }, plugin);

            Assert.Equal(answer, result.Exits(0).Output);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_function_that_is_chosen_when_the_library_is_loaded_is_called()
    {
        using var scratch = new Scratch();

        Assert.Equal("7\n", HostProcess.Run(scratch.Fixture("indirect_function")).Exits(0).Output);
    }

    [Fact]
    public void A_thread_that_ends_after_the_library_is_gone_does_not_miss_the_destructor_of_a_key_that_was_deleted()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        string library = scratch.Fixture("thread_key");
        Plugin plugin = host.Load(library);
        using var hasRun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
            hasRun.Set();
            mayEnd.Wait();
        });
        thread.Start();
        hasRun.Wait();

        plugin.Dispose();
        Assert.DoesNotContain(library, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        mayEnd.Set();
        thread.Join();
    }
}
