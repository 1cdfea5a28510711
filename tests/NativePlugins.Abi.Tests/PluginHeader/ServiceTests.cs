namespace NativePlugins.Abi.Tests.PluginHeader;

public class ServiceTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    // The id of the first is the beginning of the second's, and both are tables of different sizes, one of them no multiple of 8.
    private const string Three = """
        typedef struct numbers { uint32_t struct_size; uint32_t reserved; void *context; int32_t first, second, third; } numbers;
        static const np_memory memory = {sizeof(np_memory), 0, NULL, NULL};
        static const numbers table = {offsetof(numbers, third) + 4, 0, NULL, 11, 12, 13};
        #define SERVICES NP_SERVICE("test.number/1", table), NP_SERVICE(NP_COMMAND_ID, command), NP_SERVICE("test.number/12", memory)
        """;

    private const string WithoutState = Three + "\nNP_PLUGIN(\"three\", \"Three\", \"1.0.0\", NP_PLUGIN_MAY_UNLOAD, SERVICES);";

    private const string WithState = Three + "\nNP_PLUGIN_WITH(\"three\", \"Three\", \"1.0.0\", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(counter, take, give_back), NULL, SERVICES);";

    public static TheoryData<string> Kinds => [PluginBuild.Command + "\n" + WithoutState, PluginBuild.Counting + "\n" + WithState];

    [Fact]
    public void A_plugin_without_services_has_none()
    {
        using var plugin = build.Load("""NP_PLUGIN("none", "None", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_NO_SERVICES);""");

        Assert.Equal((np.NP_E_NOT_FOUND, 0), plugin.Create().GetService(PluginBuild.CommandId));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), plugin.Create().GetService(""));
    }

    [Fact]
    public void An_allocated_plugin_without_services_has_none()
    {
        using var plugin = build.Load(PluginBuild.Counting + """
            SEEN const void *used(void);
            SEEN const void *used(void) { return &command; }
            NP_PLUGIN_WITH("none", "None", "1.0.0", 0, NP_ALLOCATED(counter, take, give_back), NULL, NP_NO_SERVICES);
            """);

        Assert.Equal((np.NP_E_NOT_FOUND, 0), plugin.Create().GetService(""));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_of_three_services_is_found_by_its_id(string source)
    {
        using var plugin = build.Load(source);
        var instance = plugin.Create();

        Assert.Equal(28u, Size(instance.GetService("test.number/1")));
        Assert.Equal(24u, Size(instance.GetService(PluginBuild.CommandId)));
        Assert.Equal(24u, Size(instance.GetService("test.number/12")));
        Assert.Equal(3, new[] { "test.number/1", PluginBuild.CommandId, "test.number/12" }.Select(instance.GetService).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_arrives_with_everything_in_it(string source)
    {
        using var plugin = build.Load(source);

        Assert.Equal([11, 12, 13], plugin.Create().Numbers("test.number/1", at: 16, count: 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_that_is_the_beginning_of_anothers_is_another_service(string source)
    {
        using var plugin = build.Load(source);
        var instance = plugin.Create();

        Assert.NotEqual(instance.GetService("test.number/1"), instance.GetService("test.number/12"));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("test.number/"));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("test.number/123"));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("np.command/10"));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("np.command/1\0"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_service_is_the_same_for_the_life_of_the_instance(string source)
    {
        using var plugin = build.Load(source);
        var instance = plugin.Create();
        var before = instance.GetService(PluginBuild.CommandId);
        instance.Start();

        Assert.Equal(before, instance.GetService(PluginBuild.CommandId));
    }

    [Fact]
    public void A_service_of_the_hosts_is_found_or_is_NULL()
    {
        using var plugin = build.Load("""
            #define SEEN __attribute__((visibility("default")))
            SEEN int32_t found, missing;
            static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
                (void)state; (void)error;
                found = np_find(host, NP_TEXT("test.host/1")) == host;
                missing = np_find(host, NP_TEXT("test.host/10")) == NULL;
                return NP_OK;
            }
            static const np_lifecycle lifecycle = {create, NULL, NULL, NULL};
            NP_PLUGIN_WITH("finds", "Finds", "1.0.0", 0, NP_NO_STATE, &lifecycle, NP_NO_SERVICES);
            """);
        plugin.Create();

        Assert.Equal((1, 1), (plugin.Number("found"), plugin.Number("missing")));
    }

    [Fact]
    public void A_setting_is_copied_whole_with_a_0_behind_it_or_is_refused()
    {
        using var plugin = build.Load("""
            #include <string.h>
            #define SEEN __attribute__((visibility("default")))
            SEEN int32_t fits, tight, missing, without;
            static int32_t NP_CALL get(void *context, const char *key, size_t key_length, const np_sink *value, const np_error_sink *error) {
                (void)context; (void)error;
                if (!np_text_equals(key, key_length, NP_TEXT("level"))) { return NP_E_NOT_FOUND; }
                return np_write(value, NP_TEXT("wa")) == NP_OK ? np_write(value, NP_TEXT("rn")) : NP_E_CONFIGURATION;
            }
            static const np_config config = {sizeof(np_config), 0, NULL, get, NULL};
            static int32_t NP_CALL find(void *context, const char *id, size_t id_length, const void **service) {
                (void)context;
                *service = np_text_equals(id, id_length, NP_TEXT(NP_CONFIG_ID)) ? &config : NULL;
                return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
            }
            static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
                np_host configured = *host;
                char text[5] = "xxxx", small[4] = "xxx", none[4] = "xxx";
                (void)state; (void)error;
                configured.get_service = find;
                fits = np_setting(&configured, NP_TEXT("level"), text, sizeof(text)) == NP_OK && strcmp(text, "warn") == 0;
                tight = np_setting(&configured, NP_TEXT("level"), small, sizeof(small)) == NP_E_CONFIGURATION && strcmp(small, "wa") == 0;
                missing = np_setting(&configured, NP_TEXT("levels"), none, sizeof(none)) == NP_E_NOT_FOUND && none[0] == 0;
                without = np_setting(host, NP_TEXT("level"), text, sizeof(text)) == NP_E_NOT_FOUND && text[0] == 0;
                return NP_OK;
            }
            static const np_lifecycle lifecycle = {create, NULL, NULL, NULL};
            NP_PLUGIN_WITH("reads", "Reads", "1.0.0", 0, NP_NO_STATE, &lifecycle, NP_NO_SERVICES);
            """);
        plugin.Create();

        Assert.Equal((1, 1, 1, 1), (plugin.Number("fits"), plugin.Number("tight"), plugin.Number("missing"), plugin.Number("without")));
    }

    [Fact]
    public void What_the_sink_answers_is_what_np_write_returns()
    {
        using var plugin = build.Load(PluginBuild.Command + """NP_PLUGIN("writes", "Writes", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, command));""");
        var instance = plugin.Create();

        Assert.Equal((np.NP_OK, "it ran\n"), (instance.Run().Status, instance.Run().Output));
        Assert.Equal(np.NP_E_IO, instance.Run(sinkStatus: np.NP_E_IO).Status);
    }

    private static uint Size((int Status, nint Table) found)
    {
        Assert.Equal(np.NP_OK, found.Status);
        Assert.Equal(0, found.Table % 8);
        return (uint)System.Runtime.InteropServices.Marshal.ReadInt32(found.Table);
    }
}
