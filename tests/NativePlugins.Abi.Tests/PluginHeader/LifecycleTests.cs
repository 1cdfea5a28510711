namespace NativePlugins.Abi.Tests.PluginHeader;

public class LifecycleTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    private const string Functions = """

        SEEN int32_t create_status, start_status, stop_status, destroy_status, right_state;
        static int32_t report(int32_t *count, int32_t status, const np_error_sink *error) {
            ++*count;
            return status == NP_OK ? NP_OK : np_fail(error, status, NP_TEXT("größer"));
        }
        static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
            if (state != NULL) { ((counter *)state)->host = host; }
            return report(&created, create_status, error);
        }
        static int32_t NP_CALL start(void *state, const np_error_sink *error) {
            right_state = state != NULL && ((counter *)state)->host != NULL;
            return report(&started, start_status, error);
        }
        static int32_t NP_CALL stop(void *state, const np_error_sink *error) {
            (void)state;
            return report(&stopped, stop_status, error);
        }
        static int32_t NP_CALL destroy(void *state) {
            (void)state;
            return report(&destroyed, destroy_status, NULL);
        }
        static const np_lifecycle lifecycle = {create, start, stop, destroy};
        """;

    private const string Plugin = PluginBuild.Counting + Functions + """

        NP_PLUGIN_WITH("lifecycle", "Lifecycle", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(counter, take, give_back), &lifecycle,
                       NP_SERVICE(NP_COMMAND_ID, command));
        """;

    [Theory]
    [InlineData("NULL")]
    [InlineData("&nothing")]
    public void What_is_not_given_does_nothing_and_succeeds(string lifecycle)
    {
        using var plugin = build.Load(PluginBuild.Counting + $$"""
            SEEN const np_lifecycle nothing = {NULL, NULL, NULL, NULL};
            NP_PLUGIN_WITH("nothing", "Nothing", "1.0.0", 0, NP_ALLOCATED(counter, take, give_back), {{lifecycle}}, NP_SERVICE(NP_COMMAND_ID, command));
            """);
        var instance = plugin.Create();

        Assert.Equal([0, 0, 0, 0, 0], [instance.Start(), instance.Stop(), instance.Start(), instance.Stop(), instance.Destroy()]);
    }

    [Fact]
    public void Each_function_is_called_once_with_the_state()
    {
        using var plugin = build.Load(Plugin);
        var instance = plugin.Create();

        Assert.Equal([0, 0, 0], [instance.Start(), instance.Stop(), instance.Destroy()]);
        Assert.Equal([1, 1, 1, 1, 1], Numbers(plugin, "created", "started", "stopped", "destroyed", "right_state"));
    }

    [Fact]
    public void Without_state_the_functions_get_NULL()
    {
        using var plugin = build.Load(PluginBuild.Counting + Functions + """
            SEEN void *used(size_t size, void *memory);
            SEEN void *used(size_t size, void *memory) { give_back(memory); return take(size); }
            NP_PLUGIN_WITH("stateless", "Stateless", "1.0.0", 0, NP_NO_STATE, &lifecycle, NP_SERVICE(NP_COMMAND_ID, command));
            """);
        var instance = plugin.Create();

        Assert.Equal([0, 0, 0], [instance.Start(), instance.Stop(), instance.Destroy()]);
        Assert.Equal([1, 1, 1, 1, 0], Numbers(plugin, "created", "started", "stopped", "destroyed", "right_state"));
    }

    [Fact]
    public void A_create_that_fails_says_why_and_leaves_nothing()
    {
        using var plugin = build.Load(Plugin);
        plugin.SetNumber("create_status", np.NP_E_CONFIGURATION);

        Assert.Equal((np.NP_E_CONFIGURATION, "größer"), plugin.RefusedCreate());
        Assert.Equal([1, 1, 0], Numbers(plugin, "allocated", "freed", "destroyed"));
    }

    [Theory]
    [InlineData(np.NP_E_IO)]
    [InlineData(42)]
    public void A_start_that_fails_says_why_with_a_status_of_the_ABI_or_its_own(int status)
    {
        using var plugin = build.Load(Plugin);
        plugin.SetNumber("start_status", status);

        Assert.Equal((status, "größer"), plugin.Create().TryStart());
    }

    [Fact]
    public void The_status_and_the_message_of_a_start_that_fails_reach_a_host()
    {
        var outcome = build.RunInCHost(build.Compile(Plugin.Replace(" start_status,", " start_status = NP_E_IO,", StringComparison.Ordinal)));

        Assert.Equal(new ProgramRun(70, "", "error -10: : größer\n\nstart: expected status 0, found -10\n"), outcome);
    }

    [Fact]
    public void A_start_that_failed_is_matched_by_no_stop_and_may_be_tried_again()
    {
        using var plugin = build.Load(Plugin);
        var instance = plugin.Create();
        plugin.SetNumber("start_status", np.NP_E_IO);
        instance.Start();

        Assert.Equal(np.NP_E_INVALID_STATE, instance.Stop());
        plugin.SetNumber("start_status", np.NP_OK);
        Assert.Equal([0, 0, 0], [instance.Start(), instance.Stop(), instance.Destroy()]);
    }

    [Fact]
    public void A_stop_that_fails_says_why_and_the_plugin_is_stopped_all_the_same()
    {
        using var plugin = build.Load(Plugin);
        plugin.SetNumber("stop_status", 42);
        var instance = plugin.Create();
        instance.Start();

        Assert.Equal((42, "größer"), instance.TryStop());
        Assert.Equal(np.NP_OK, instance.Destroy());
    }

    [Fact]
    public void A_destroy_that_fails_says_so_and_the_memory_is_given_back_all_the_same()
    {
        using var plugin = build.Load(Plugin);
        plugin.SetNumber("destroy_status", np.NP_E_FAILED);

        Assert.Equal(np.NP_E_FAILED, plugin.Create().Destroy());
        Assert.Equal(1, plugin.Number("freed"));
    }

    [Fact]
    public void A_second_start_is_refused_and_does_nothing()
    {
        using var plugin = build.Load(Plugin);
        var instance = plugin.Create();
        instance.Start();

        Assert.Equal((np.NP_E_INVALID_STATE, "start: the plugin is started."), instance.TryStart());
        Assert.Equal(1, plugin.Number("started"));
    }

    [Fact]
    public void A_stop_without_a_start_is_refused_and_does_nothing()
    {
        using var plugin = build.Load(Plugin);

        Assert.Equal((np.NP_E_INVALID_STATE, "stop: the plugin is not started."), plugin.Create().TryStop());
        Assert.Equal(0, plugin.Number("stopped"));
    }

    [Fact]
    public void A_destroy_before_the_stop_is_refused_and_does_nothing()
    {
        using var plugin = build.Load(Plugin);
        var instance = plugin.Create();
        instance.Start();

        Assert.Equal(np.NP_E_INVALID_STATE, instance.Destroy());
        Assert.Equal([0, 0], Numbers(plugin, "destroyed", "freed"));
        Assert.Equal([0, 0], [instance.Stop(), instance.Destroy()]);
    }

    private static int[] Numbers(LoadedPlugin plugin, params string[] names) => [.. names.Select(plugin.Number)];
}
