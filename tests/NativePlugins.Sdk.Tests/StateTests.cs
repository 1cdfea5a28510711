using System.Text;
using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Hosting;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Sdk.Tests;

/// <summary>np.state/1 and np.memory/1, as a host calls them.</summary>
public unsafe class StateTests
{
    [Fact]
    public void State_goes_from_one_instance_to_another()
    {
        using var host = new TestHost();
        using TestInstance old = PluginUnderTest.Scripted.CreateStarted(host);
        using TestInstance next = PluginUnderTest.Scripted.CreateStarted(host);
        old.Run("set-state", "Ärger");

        (TestOutcome saved, string text) = Save(old);

        Assert.Equal((np.NP_OK, "Ärger"), (saved.Status, text));
        Assert.Equal(np.NP_OK, Load(next, "scripted", 2, text).Status);
        Assert.Equal("Ärger, version 2", next.Run("state").Output);
        Assert.Equal("Ärger", old.Run("state").Output);
    }

    [Fact]
    public void The_table_says_schema_and_version()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);
        np_state* table = State(instance);

        Assert.Equal(("scripted", 2u), (Utf8Text.Decode(table->schema, table->schema_length), table->version));
    }

    [Theory]
    [InlineData("schema", "äääääääääääääääääääääääääääääääää", "StateSchema must be at most 64 bytes of UTF-8, and has 66.")]
    [InlineData("version", "-1", "StateVersion must be 0 or more, and is -1.")]
    public void A_schema_or_a_version_out_of_range_is_refused_by_its_name(string setting, string value, string message)
    {
        using var host = new TestHost { Settings = { [setting] = value } };

        (TestInstance? instance, TestOutcome outcome) = PluginUnderTest.Scripted.TryCreate(host);

        Assert.Null(instance);
        Assert.Equal((np.NP_E_FAULT, message), (outcome.Status, outcome.Error!.Message));
    }

    [Fact]
    public void A_plugin_that_is_refused_for_its_state_is_disposed_and_let_go()
    {
        var plugin = new PluginUnderTest(TestCompilation.Resource("ScriptedPlugin.cs"));
        using var host = new TestHost { Settings = { ["version"] = "-1", ["dispose"] = "log" } };

        Assert.Null(plugin.TryCreate(host).Instance);

        Assert.Equal("in the lifecycle", Assert.Single(host.Log).Message);
        for (int i = 0; i < 10 && plugin.Static<int>("Alive") > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, plugin.Static<int>("Alive"));
    }

    [Fact]
    public void A_state_larger_than_a_piece_is_saved_whole()
    {
        string large = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i} "));
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);
        instance.Run("set-state", large);

        Assert.Equal(large, Save(instance).Text);
    }

    [Fact]
    public void An_older_version_reaches_the_plugin()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        Assert.Equal(np.NP_OK, Load(instance, "scripted", 1, "old").Status);
        Assert.Equal("old, version 1", instance.Run("state").Output);
    }

    [Theory]
    [InlineData("scripted", 3u)]
    [InlineData("another", 2u)]
    public void A_newer_version_and_another_schema_are_refused_with_what_was_expected(string schema, uint version)
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        TestOutcome outcome = Load(instance, schema, version, "x");

        Assert.Equal(np.NP_E_UNSUPPORTED, outcome.Status);
        Assert.Equal($"A state \"{schema}\" of version {version} cannot be taken over; \"scripted\" of version 2 or less is expected.", outcome.Error!.Message);
        Assert.Equal("", instance.Run("state").Output);
    }

    [Fact]
    public void A_state_that_the_plugin_refuses_is_unsupported()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        TestOutcome outcome = Load(instance, "scripted", 2, "refuse me");

        Assert.Equal((np.NP_E_UNSUPPORTED, "not this one"), (outcome.Status, outcome.Error!.Message));
    }

    [Fact]
    public void An_exception_in_saving_is_a_fault()
    {
        using var host = new TestHost { Settings = { ["save"] = "throw" } };
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        Assert.Equal(np.NP_E_FAULT, Save(instance).Outcome.Status);
    }

    [Fact]
    public void A_sink_that_takes_no_more_ends_saving_with_its_status()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);
        instance.Run("set-state", "x");
        using var sink = new SinkRecorder(refusal: np.NP_E_IO);

        np_state* table = State(instance);

        Assert.Equal(np.NP_E_IO, table->save(table->context, sink.Sink, sink.ErrorSink));
    }

    [Fact]
    public void What_breaks_a_rule_is_refused()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);
        np_state* table = State(instance);
        var tooSmall = new np_state_data { struct_size = np_state_data.FrozenMinimum - 1 };
        var noBytes = new np_state_data { struct_size = (uint)sizeof(np_state_data), data_size = 1 };

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, table->save(table->context, null, null));
        Assert.Equal(np.NP_E_INVALID_ARGUMENT, table->load(table->context, null, null));
        Assert.Equal(np.NP_E_INVALID_ARGUMENT, table->load(table->context, &tooSmall, null));
        Assert.Equal(np.NP_E_INVALID_ARGUMENT, table->load(table->context, &noBytes, null));
    }

    [Fact]
    public void Every_plugin_gives_memory_back_when_it_is_asked_to()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);
        Assert.True(instance.TryGetService("np.memory/1", out nint service));
        var table = (np_memory*)service;

        Assert.Equal(np.NP_OK, table->trim(table->context));
    }

    private static np_state* State(TestInstance instance)
    {
        Assert.True(instance.TryGetService("np.state/1", out nint service));
        return (np_state*)service;
    }

    private static (TestOutcome Outcome, string Text) Save(TestInstance instance)
    {
        np_state* table = State(instance);
        using var sink = new SinkRecorder();
        int status = table->save(table->context, sink.Sink, sink.ErrorSink);
        return (new TestOutcome(status, sink.Error), sink.Text);
    }

    private static TestOutcome Load(TestInstance instance, string schema, uint version, string data)
    {
        np_state* table = State(instance);
        using var sink = new SinkRecorder();
        byte[] bytes = Encoding.UTF8.GetBytes(data), name = Encoding.UTF8.GetBytes(schema);
        fixed (byte* start = bytes, schemaStart = name)
        {
            var saved = new np_state_data
            {
                struct_size = (uint)sizeof(np_state_data),
                version = version,
                schema = (sbyte*)schemaStart,
                schema_length = (nuint)name.Length,
                data = start,
                data_size = (nuint)bytes.Length,
            };
            return new TestOutcome(table->load(table->context, &saved, sink.ErrorSink), sink.Error);
        }
    }
}
