using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Hosting;

namespace NativePlugins.Sdk.Tests;

public unsafe class LifecycleTests
{
    private static readonly TestOutcome s_ok = new(np.NP_OK, null);

    [Fact]
    public void Start_and_stop_may_be_repeated()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal([s_ok, s_ok, s_ok, s_ok], [instance.Start(), instance.Stop(), instance.Start(), instance.Stop()]);
        Assert.Equal(np.NP_OK, instance.Destroy());
    }

    [Fact]
    public void Starting_twice_is_refused_and_changes_nothing()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        TestOutcome outcome = instance.Start();

        Assert.Equal(np.NP_E_INVALID_STATE, outcome.Status);
        Assert.Equal("start is legal only in the state created; this instance is started.", outcome.Error!.Message);
        Assert.Equal(s_ok, instance.Stop());
    }

    [Fact]
    public void Stopping_what_is_not_started_is_refused()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal(np.NP_E_INVALID_STATE, instance.Stop().Status);
    }

    [Fact]
    public void Destroying_what_is_started_is_refused_and_changes_nothing()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        Assert.Equal(np.NP_E_INVALID_STATE, instance.Destroy());
        Assert.Equal(np.NP_OK, instance.Run("echo").Status);
    }

    [Fact]
    public void Running_what_is_not_started_is_refused()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        TestRun outcome = instance.Run("echo");

        Assert.Equal((np.NP_E_INVALID_STATE, -99), (outcome.Status, outcome.RawExitStatus));
        Assert.Equal("run is legal only in the state started; this instance is created.", outcome.Error!.Message);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    [InlineData("stop")]
    public void An_exception_reaches_the_host_with_type_message_and_stack(string where)
    {
        using var host = new TestHost { Settings = { [where] = "throw" } };

        TestOutcome outcome = First(host, where);

        Assert.Equal(np.NP_E_FAULT, outcome.Status);
        Assert.Equal(np.NP_E_FAULT, outcome.Error!.Code);
        Assert.Equal("System.InvalidOperationException", outcome.Error.Type);
        Assert.Equal("out of order", outcome.Error.Message);
        Assert.Contains("at ScriptedPlugin.Do(String what)", outcome.Error.Detail, StringComparison.Ordinal);
        Assert.Contains("Caused by: System.ArgumentException: inner cause", outcome.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_fails_can_be_tried_again()
    {
        using var host = new TestHost { Settings = { ["start"] = "throw" } };
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal(np.NP_E_FAULT, instance.Start().Status);
        host.Settings.Clear();

        Assert.Equal(s_ok, instance.Start());
    }

    [Fact]
    public void A_stop_that_fails_has_stopped()
    {
        using var host = new TestHost { Settings = { ["stop"] = "throw" } };
        using TestInstance instance = PluginUnderTest.Scripted.CreateStarted(host);

        Assert.Equal(np.NP_E_FAULT, instance.Stop().Status);
        Assert.Equal(np.NP_OK, instance.Destroy());
    }

    [Fact]
    public void An_exception_in_Dispose_is_logged_and_the_instance_is_gone()
    {
        using var host = new TestHost { Settings = { ["dispose"] = "throw" } };
        TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal(np.NP_E_FAULT, instance.Destroy());
        Assert.Contains("System.InvalidOperationException: out of order", Assert.Single(host.Log).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    public void A_missing_required_setting_is_bad_configuration_and_named(string where)
    {
        using var host = new TestHost { Settings = { [where] = "require" } };

        TestOutcome outcome = First(host, where);

        Assert.Equal(np.NP_E_CONFIGURATION, outcome.Status);
        Assert.Equal("The setting 'Database:Path' is required and not set.", outcome.Error!.Message);
    }

    [Fact]
    public void Exhausted_memory_has_its_own_status()
    {
        using var host = new TestHost { Settings = { ["start"] = "throw-oom" } };

        Assert.Equal(np.NP_E_OUT_OF_MEMORY, First(host, "start").Status);
    }

    [Fact]
    public void An_exception_whose_own_members_throw_is_still_reported()
    {
        using var host = new TestHost { Settings = { ["start"] = "throw-odd" } };

        TestOutcome outcome = First(host, "start");

        Assert.Equal(np.NP_E_FAULT, outcome.Status);
        Assert.Equal("ScriptedPlugin+OddException", outcome.Error!.Type);
        Assert.Equal("(not available: reading it threw System.InvalidOperationException)", outcome.Error.Message);
    }

    [Fact]
    public void A_NULL_error_sink_is_legal()
    {
        using var host = new TestHost { Settings = { ["start"] = "throw" } };
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal(np.NP_E_FAULT, instance.Calls.Pointer->start(instance.Calls.Pointer->context, null));
    }

    [Fact]
    public void An_unknown_service_is_not_found()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("np.unknown/1"));
        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService(""));
    }

    [Fact]
    public void A_service_of_the_plugins_own_is_handed_out()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal((np.NP_OK, PluginUnderTest.Scripted.Static<nint>("Table")), instance.GetService("test.table/1"));
    }

    [Fact]
    public void An_exception_while_a_service_is_looked_for_stays_inside()
    {
        using var host = new TestHost();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        Assert.Equal((np.NP_E_FAULT, 0), instance.GetService("test.throws/1"));
    }

    [Fact]
    public void A_plugin_without_a_command_has_no_command_service()
    {
        using var host = new TestHost();
        using TestInstance instance = new PluginUnderTest("[NativePlugins.Sdk.Plugin(\"a\", Version = \"1.0.0\")] class A;").CreateStarted(host);

        Assert.Equal((np.NP_E_NOT_FOUND, 0), instance.GetService("np.command/1"));
    }

    [Fact]
    public void A_thousand_rounds_leave_nothing_behind()
    {
        var plugin = new PluginUnderTest(TestCompilation.Resource("ScriptedPlugin.cs"));
        using var host = new TestHost();
        for (int i = 0; i < 1000; i++)
        {
            using TestInstance instance = plugin.CreateStarted(host);
            Assert.Equal(np.NP_OK, instance.Run("echo", "x").Status);
        }

        for (int i = 0; i < 10 && plugin.Static<int>("Alive") > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, plugin.Static<int>("Alive"));
    }

    private static TestOutcome First(TestHost host, string where)
    {
        (TestInstance? instance, TestOutcome outcome) = PluginUnderTest.Scripted.TryCreate(host);
        if (where == "create")
        {
            Assert.Null(instance);
            return outcome;
        }

        using (instance)
        {
            outcome = instance!.Start();
            return where == "start" ? outcome : instance.Stop();
        }
    }
}
