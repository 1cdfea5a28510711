using NativePlugins.Host;
using NativePlugins.TestContracts;
using NativePlugins.TestContracts.Geometry.Plane;

namespace NativePlugins.ContractChecks;

/// <summary>All that holds for a plugin which offers the test contracts, in whatever language.</summary>
public static class PluginChecks
{
    /// <summary>A host that offers a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="worker">The executable of the processes in which plugins run; null for this process.</param>
    public static PluginHost Host(Store store, string? worker = null)
    {
        PluginHostOptions options = new PluginHostOptions { AllowUntrustedDirectories = true, CheckManifest = false, DrainDeadline = TimeSpan.FromMilliseconds(200) }
            .Offer<IStore>(store);
        options.Isolation = worker is null ? PluginIsolation.InProcess : PluginIsolation.Process;
        options.Worker.Path = worker;
        return new PluginHost(options);
    }

    /// <summary>What holds for a plugin with all the contracts.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> All { get; } = Create();

    /// <summary>
    /// What of it holds for a plugin in a process of its own: all but that calls allocate nothing, and what does not cross, which is data of one
    /// of several types, out and ref of what has pointers, objects, events and streams.
    /// </summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> Isolated { get; } = All
        .Where(check => check.Key is not (nameof(MemoryChecks.Calls_allocate_nothing_where_that_is_promised) or nameof(LeaseChecks.Calls_in_a_lease_allocate_nothing)))
        .Where(check => !FigureChecks.All.ContainsKey(check.Key) && !ExchangeChecks.All.ContainsKey(check.Key)
            && !ObjectChecks.All.ContainsKey(check.Key) && !EventChecks.All.ContainsKey(check.Key) && !StreamChecks.All.ContainsKey(check.Key)
            && !PipeChecks.All.ContainsKey(check.Key))
        .Append(new(nameof(Contracts_that_do_not_cross_are_refused), Contracts_that_do_not_cross_are_refused))
        .ToDictionary(check => check.Key, check => check.Value);

    /// <summary>What of it holds for a plugin in Rust, whose compiler lets nobody keep a delegate.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> Rust { get; } = All
        .Where(check => check.Key != CallbackChecks.DelegateThatIsKept)
        .ToDictionary(check => check.Key, check => check.Value);

    /// <summary>What holds for a plugin that has only the first version of a contract.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> Old { get; } = new Dictionary<string, Action<Plugin>>
    {
        [nameof(An_older_plugin_runs_the_default_bodies)] = An_older_plugin_runs_the_default_bodies,
        [nameof(Another_contract_of_the_same_id_is_refused_with_the_member_named)] = Another_contract_of_the_same_id_is_refused_with_the_member_named,
        [nameof(LeaseChecks.A_lease_of_an_older_plugin_runs_the_default_bodies)] = LeaseChecks.A_lease_of_an_older_plugin_runs_the_default_bodies,
    };

    /// <summary>What holds for a plugin in this process.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> Of(string pluginId) => pluginId == "contract_rust" ? Rust : All;

    private static void Contracts_that_do_not_cross_are_refused(Plugin plugin)
    {
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<IFigures>());
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<IExchange>());
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<IArchive>());
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<ISignals>());
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<IStreams>());
        Check.Throws<PluginInProcessOnlyException>(() => plugin.Get<IPipes>());
    }

    private static Dictionary<string, Action<Plugin>> Create()
    {
        var checks = new Dictionary<string, Action<Plugin>>
        {
            ["Edges"] = plugin => TypeChecks.Edges.ToList().ForEach(sample => TypeChecks.RoundTrip(plugin.Get<ITypes>(), sample)),
            ["Random"] = plugin => TypeChecks.Random(20261122, 300).ToList().ForEach(sample => TypeChecks.RoundTrip(plugin.Get<ITypes>(), sample)),
            [nameof(Fast_calls_add)] = plugin => Fast_calls_add(plugin.Get<IWork>()),
            [nameof(ShapeChecks.The_base_and_the_derived_are_services_of_one_object)] = ShapeChecks.The_base_and_the_derived_are_services_of_one_object,
            [nameof(SettingsChecks.A_fast_property_is_read_and_written)] = plugin => SettingsChecks.A_fast_property_is_read_and_written(plugin.Get<ISettings>()),
            [nameof(ValueChecks.A_fast_call_takes_and_returns_a_value)] = plugin => ValueChecks.A_fast_call_takes_and_returns_a_value(plugin.Get<IValues>()),
            [nameof(SerialChecks.Calls_wait_for_each_other)] = plugin => SerialChecks.Calls_wait_for_each_other(plugin.Get<ISerial>()),
            [nameof(SerialChecks.A_call_from_within_a_call_is_refused_and_does_not_wait_for_itself)] =
                plugin => SerialChecks.A_call_from_within_a_call_is_refused_and_does_not_wait_for_itself(plugin.Get<ISerial>()),
            [nameof(A_plugin_calls_what_the_application_offers)] = plugin => A_plugin_calls_what_the_application_offers(plugin.Get<IStoreUser>()),
            [nameof(A_fault_carries_what_the_plugin_reported)] = plugin => A_fault_carries_what_the_plugin_reported(plugin.Get<IWork>()),
            [nameof(A_contract_is_one_object_for_each_plugin)] = A_contract_is_one_object_for_each_plugin,
            [nameof(An_argument_that_is_refused_leaves_no_call_behind)] = An_argument_that_is_refused_leaves_no_call_behind,
            [nameof(Ill_formed_text_from_C_is_replaced)] = Ill_formed_text_from_C_is_replaced,
            [nameof(A_newer_plugin_serves_an_older_application)] = A_newer_plugin_serves_an_older_application,
            [nameof(An_abandoned_call_keeps_the_plugin_busy_until_it_completes)] =
                plugin => An_abandoned_call_keeps_the_plugin_busy_until_it_completes(plugin, plugin.Get<IWork>()),
            [nameof(MemoryChecks.Calls_allocate_nothing_where_that_is_promised)] =
                plugin => MemoryChecks.Calls_allocate_nothing_where_that_is_promised(plugin.Get<ITypes>(), plugin.Get<IWork>()),
            [nameof(MemoryChecks.Nothing_is_left_behind_by_many_calls)] =
                plugin => MemoryChecks.Nothing_is_left_behind_by_many_calls(plugin.Get<ITypes>(), plugin.Get<IWork>()),
        };
        foreach ((string name, Action<IWork> run) in WorkChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IWork>()));
        }

        foreach ((string name, Action<ISettings> run) in SettingsChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<ISettings>()));
        }

        foreach ((string name, Action<Shapes.IResizable> run) in ShapeChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<Shapes.IResizable>()));
        }

        foreach ((string name, Action<Plugin> run) in LeaseChecks.All)
        {
            checks.Add(name, run);
        }

        foreach ((string name, Action<IValues> run) in ValueChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IValues>()));
        }

        foreach ((string name, Action<IArchive> run) in ObjectChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IArchive>()));
        }

        foreach ((string name, Action<ICallbacks> run) in CallbackChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<ICallbacks>()));
        }

        foreach ((string name, Action<ISignals> run) in EventChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<ISignals>()));
        }

        foreach ((string name, Action<IStreams> run) in StreamChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IStreams>()));
        }

        foreach ((string name, Action<IPipes> run) in PipeChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IPipes>()));
        }

        foreach ((string name, Action<IRecords> run) in RecordChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IRecords>()));
        }

        foreach ((string name, Action<IFigures> run) in FigureChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IFigures>()));
        }

        foreach ((string name, Action<IExchange> run) in ExchangeChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<IExchange>()));
        }

        foreach ((string name, Action<ITasks> run) in TaskChecks.All)
        {
            checks.Add(name, plugin => run(plugin.Get<ITasks>()));
        }

        return checks;
    }

    private static void Fast_calls_add(IWork work)
    {
        Check.Equal(5, work.AddFast(2, 3));
        Check.Equal(int.MinValue, work.AddFast(int.MaxValue, 1));
    }

    private static void A_plugin_calls_what_the_application_offers(IStoreUser user)
    {
        user.Keep("colour", "bläu"u8);
        Check.Equal("bläu", user.Fetch("colour"));
        Check.Equal("", user.Fetch("nothing"));
        Exception fault = Check.Throws<PluginFaultException>(() => user.Fetch("broken"));
        Check.True(fault.Message.Contains("the disk is gone", StringComparison.Ordinal), $"the message is '{fault.Message}'");
    }

    private static void A_fault_carries_what_the_plugin_reported(IWork work)
    {
        PluginFaultException fault = Check.Throws<PluginFaultException>(() => work.Fail("other"));
        Check.True(fault.Remote is { Message: "too late" }, $"remote is {fault.Remote}");
        ArgumentException declared = Check.Throws<ArgumentException>(() => work.Fail("argument"));
        Check.True(declared.InnerException is PluginFaultException { Remote.Status: -3 }, $"inner is {declared.InnerException}");
    }

    private static void A_contract_is_one_object_for_each_plugin(Plugin plugin)
    {
        Check.True(ReferenceEquals(plugin.Get<IWork>(), plugin.Get<IWork>()), "Get makes a new object");
        Check.True(!plugin.TryGet<IProgressSink>(out _), "a contract that the plugin does not offer is there");
        Check.Throws<PluginServiceMissingException>(() => plugin.Get<IProgressSink>());
    }

    // The task is not awaited by anybody, and the call completes later all the same.
    private static void An_abandoned_call_keeps_the_plugin_busy_until_it_completes(Plugin plugin, IWork work)
    {
        _ = work.AddLater(1, 2, isLater: true).AsTask();
        Check.Throws<PluginBusyException>(plugin.Stop);
        Check.Equal(3, work.Add(1, 2));
        work.Complete();
        plugin.Stop();
        Check.Throws<PluginStateException>(() => work.Add(1, 2));
        Check.Throws<PluginStateException>(() => Check.Wait(work.AddLater(1, 2, isLater: false)));
        plugin.Start();
        Check.Equal(3, work.Add(1, 2));
    }

    private static void An_argument_that_is_refused_leaves_no_call_behind(Plugin plugin)
    {
        Check.Throws<InvalidDataException>(() => plugin.Get<IValues>().EchoDateTime(new DateTime(2026, 1, 1)));
        Check.Throws<InvalidDataException>(() => plugin.Get<IRecords>().EchoTexts([null!]));
        plugin.Stop();
        plugin.Start();
    }

    private static void Ill_formed_text_from_C_is_replaced(Plugin plugin)
    {
        if (plugin.Description.Language == "C")
        {
            Check.Equal("\ufffd(\ufffd", plugin.Get<ITypes>().EchoText("ill-formed"));
            var progress = new ProgressRecorder();
            _ = plugin.Get<IWork>().CountOptional(-1, progress);
            Check.Equal("\ufffd\ufffd(", progress.Reports[0].Stage);
        }
    }

    private static void An_older_plugin_runs_the_default_bodies(Plugin plugin)
    {
        IEvolving evolving = plugin.Get<IEvolving>();
        Check.Equal(5, evolving.Add(2, 3));
        Check.Equal("old", evolving.GetName());
        Check.Equal(12, evolving.Multiply(3, 4));
        Check.Equal("old, by default", evolving.GetOrigin());
    }

    private static void A_newer_plugin_serves_an_older_application(Plugin plugin)
    {
        if (plugin.Description.Language == "C")
        {
            Check.Equal(false, plugin.TryGet(out IEvolving? _));
            return;
        }

        FrozenContracts.IEvolving old = plugin.Get<FrozenContracts.IEvolving>();
        IEvolving evolving = plugin.Get<IEvolving>();
        Check.Equal((5, "new"), (old.Add(2, 3), old.GetName()));
        Check.Equal((1012, true), (evolving.Multiply(3, 4), evolving.GetOrigin() is "made in C#" or "made in C++" or "made in Rust"));
    }

    private static void Another_contract_of_the_same_id_is_refused_with_the_member_named(Plugin plugin)
    {
        PluginContractMismatchException e = Check.Throws<PluginContractMismatchException>(() => plugin.Get<FrozenContracts.IChanged>());
        Check.Equal(("GetName", "NP4006", 76), (e.Member, e.Code, e.Error.ExitCode));
        Check.Equal(("0 GetName() -> i64 @48/28", "0 GetName() -> string @48/28"), (e.Expected, e.Found));
    }
}
