namespace NativePlugins.Abi.Tests.PluginHeader;

public class StateTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    private const string Allocated = PluginBuild.Counting + """

        NP_PLUGIN_WITH("allocated", "Allocated", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(counter, take, give_back), NULL,
                       NP_SERVICE(NP_COMMAND_ID, command));
        """;

    private const string Static = """
        #define SEEN __attribute__((visibility("default")))
        typedef struct counter { int32_t runs; } counter;
        static counter the_counter = {40};
        SEEN int32_t refuse, held, held_twice;
        static int32_t holders;
        static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status, const np_error_sink *error) {
            (void)call; (void)error;
            *exit_status = ++((counter *)context)->runs;
            return NP_OK;
        }
        static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
            (void)host;
            if (state != &the_counter || refuse) {
                return np_fail(error, NP_E_IO, NP_TEXT("not now"));
            }
            __atomic_add_fetch(&held, 1, __ATOMIC_RELAXED);
            __atomic_add_fetch(&held_twice, __atomic_add_fetch(&holders, 1, __ATOMIC_SEQ_CST) > 1, __ATOMIC_RELAXED);
            return NP_OK;
        }
        static int32_t NP_CALL destroy(void *state) {
            (void)state;
            __atomic_sub_fetch(&holders, 1, __ATOMIC_SEQ_CST);
            return NP_OK;
        }
        static const np_command command = {sizeof(np_command), 0, &the_counter, run};
        static const np_lifecycle lifecycle = {create, NULL, NULL, destroy};
        NP_PLUGIN_WITH("static", "Static", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_STATIC(the_counter), &lifecycle,
                       NP_SERVICE(NP_COMMAND_ID, command));
        """;

    [Fact]
    public void Without_state_all_instances_are_one_table_and_all_of_them_run()
    {
        using var plugin = build.Load(PluginBuild.Command + """NP_PLUGIN("none", "None", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, command));""");
        var first = plugin.Create();
        var second = plugin.Create();

        Assert.Equal(first.Address, second.Address);
        Assert.Equal([0, 0, 0, 0], [first.Start(), second.Start(), first.Stop(), first.Destroy()]);
        Assert.Equal("it ran\n", second.Run().Output);
        Assert.Equal([0, 0], [second.Stop(), second.Destroy()]);
    }

    [Fact]
    public void Without_state_a_table_keeps_its_context()
    {
        using var plugin = build.Load("""
            static int32_t number = 7;
            static const np_memory memory = {sizeof(np_memory), 0, &number, NULL};
            NP_PLUGIN("context", "Context", "1.0.0", 0, NP_SERVICE(NP_MEMORY_ID, memory));
            """);

        Assert.Equal(7, plugin.Create().NumberAtContext("np.memory/1"));
    }

    [Fact]
    public void Two_allocated_instances_count_apart()
    {
        using var plugin = build.Load(Allocated);
        var first = plugin.Create();
        var second = plugin.Create();

        Assert.Equal([1, 2, 1, 3, 2], new[] { first, first, second, first, second }.Select(instance => instance.Run().ExitStatus));
        Assert.Equal([0, 0], [first.Destroy(), second.Destroy()]);
    }

    [Fact]
    public void An_allocated_instance_has_tables_and_a_lifecycle_of_its_own()
    {
        using var plugin = build.Load(Allocated);
        var first = plugin.Create();
        var second = plugin.Create();

        Assert.NotEqual(first.GetService(PluginBuild.CommandId), second.GetService(PluginBuild.CommandId));
        Assert.Equal([0, np.NP_E_INVALID_STATE, 0], [first.Start(), second.Stop(), second.Start()]);
        Assert.Equal([0, 0, 0, 0], [first.Stop(), first.Destroy(), second.Stop(), second.Destroy()]);
    }

    [Fact]
    public void An_allocated_state_is_zero_however_dirty_the_memory_was()
    {
        using var plugin = build.Load(Allocated);

        Assert.Equal(1, plugin.Create().Run().ExitStatus);
    }

    [Fact]
    public void An_allocated_state_is_aligned_as_the_memory_is()
    {
        using var plugin = build.Load(Allocated.Replace(
            "int32_t runs;", "int32_t runs; char odd[3]; __attribute__((aligned(64))) int32_t aligned;", StringComparison.Ordinal)
            .Replace("malloc(size)", "aligned_alloc(64, (size + 63) & ~(size_t)63)", StringComparison.Ordinal)
            .Replace("#include <stdlib.h>", "#include <stdlib.h>\nextern void *aligned_alloc(size_t alignment, size_t size);", StringComparison.Ordinal));

        Assert.Equal(0, plugin.Create().ContextOf(PluginBuild.CommandId) % 64);
    }

    [Fact]
    public void Destroy_gives_the_memory_back_once()
    {
        using var plugin = build.Load(Allocated);
        for (var round = 1; round <= 3; round++)
        {
            Assert.Equal(np.NP_OK, plugin.Create().Destroy());
            Assert.Equal((round, round), (plugin.Number("allocated"), plugin.Number("freed")));
        }
    }

    [Fact]
    public void Without_memory_there_is_no_instance_and_the_report_says_so()
    {
        using var plugin = build.Load(Allocated);
        plugin.SetNumber("out_of_memory", 1);

        Assert.Equal((np.NP_E_OUT_OF_MEMORY, "There is no memory for an instance of the plugin."), plugin.RefusedCreate());
    }

    [Fact]
    public void A_static_state_has_one_instance_at_a_time_and_the_report_says_so()
    {
        using var plugin = build.Load(Static);
        var first = plugin.Create();

        Assert.Equal((np.NP_E_UNSUPPORTED, "The plugin has one instance at a time, and that one has not been destroyed."), plugin.RefusedCreate());
        Assert.Equal(np.NP_OK, first.Destroy());
        Assert.Equal(np.NP_OK, plugin.Create().Destroy());
    }

    [Fact]
    public void A_second_create_leaves_the_static_state_alone()
    {
        using var plugin = build.Load(Static);
        var first = plugin.Create();
        first.Run();
        plugin.RefusedCreate();

        Assert.Equal(2, first.Run().ExitStatus);
    }

    [Fact]
    public void A_static_state_begins_with_zeros_each_time()
    {
        using var plugin = build.Load(Static);
        var first = plugin.Create();

        Assert.Equal([1, 2], [first.Run().ExitStatus, first.Run().ExitStatus]);
        first.Destroy();
        Assert.Equal(1, plugin.Create().Run().ExitStatus);
    }

    [Fact]
    public void A_plugin_with_a_static_state_refuses_calls_out_of_turn()
    {
        using var plugin = build.Load(Static);
        var instance = plugin.Create();

        Assert.Equal(
            [np.NP_E_INVALID_STATE, 0, np.NP_E_INVALID_STATE, np.NP_E_INVALID_STATE, 0, np.NP_E_INVALID_STATE, 0],
            [instance.Stop(), instance.Start(), instance.Start(), instance.Destroy(), instance.Stop(), instance.Stop(), instance.Destroy()]);
    }

    [Fact]
    public void A_create_that_failed_does_not_hold_the_static_state()
    {
        using var plugin = build.Load(Static);
        plugin.SetNumber("refuse", 1);
        Assert.Equal((np.NP_E_IO, "not now"), plugin.RefusedCreate());
        plugin.SetNumber("refuse", 0);

        Assert.Equal(np.NP_OK, plugin.Create().Destroy());
    }

    [Fact]
    public async Task Of_threads_that_create_at_once_one_gets_the_static_state()
    {
        using var plugin = build.Load(Static);
        using var together = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                for (var round = 0; round < 50_000; round++)
                {
                    plugin.TryCreate()?.Destroy();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.True(plugin.Number("held") > 0);
        Assert.Equal(0, plugin.Number("held_twice"));
    }
}
