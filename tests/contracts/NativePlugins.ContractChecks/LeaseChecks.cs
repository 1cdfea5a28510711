using NativePlugins.Contracts;
using NativePlugins.Host;
using NativePlugins.TestContracts;
using NativePlugins.TestContracts.Geometry.Plane;

namespace NativePlugins.ContractChecks;

/// <summary>What a lease must do, whoever implements the contract.</summary>
public static class LeaseChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> All { get; } = new Dictionary<string, Action<Plugin>>
    {
        [nameof(Values_cross_in_a_lease)] = Values_cross_in_a_lease,
        [nameof(A_callback_is_called_in_a_lease)] = A_callback_is_called_in_a_lease,
        [nameof(An_exception_crosses_in_a_lease)] = An_exception_crosses_in_a_lease,
        [nameof(An_asynchronous_call_begins_in_a_lease_and_outlives_it)] = An_asynchronous_call_begins_in_a_lease_and_outlives_it,
        [nameof(Properties_are_read_in_a_lease)] = Properties_are_read_in_a_lease,
        [nameof(Members_of_a_base_are_called_in_a_lease)] = Members_of_a_base_are_called_in_a_lease,
        [nameof(A_serialized_contract_stays_serialized_in_a_lease)] = A_serialized_contract_stays_serialized_in_a_lease,
        [nameof(A_plugin_is_busy_while_a_lease_is_held)] = A_plugin_is_busy_while_a_lease_is_held,
        [nameof(A_lease_that_has_ended_refuses_calls)] = A_lease_that_has_ended_refuses_calls,
        [nameof(A_lease_that_is_ended_twice_ends_once)] = A_lease_that_is_ended_twice_ends_once,
        [nameof(There_is_no_lease_of_what_the_plugin_does_not_offer)] = There_is_no_lease_of_what_the_plugin_does_not_offer,
        [nameof(Calls_in_a_lease_allocate_nothing)] = Calls_in_a_lease_allocate_nothing,
    };

    /// <summary>A plugin that has only the first version of the contract.</summary>
    public static void A_lease_of_an_older_plugin_runs_the_default_bodies(Plugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        using PluginLease<IEvolving> evolving = plugin.Lease<IEvolving>();
        Check.Equal((5, "old"), (evolving.Add(2, 3), evolving.GetName()));
        Check.Equal((12, "old, by default"), (evolving.Multiply(3, 4), evolving.GetOrigin()));
    }

    private static void Values_cross_in_a_lease(Plugin plugin)
    {
        using PluginLease<IWork> work = plugin.Lease<IWork>();
        Check.Equal((5, int.MinValue), (work.Add(2, 3), work.AddFast(int.MaxValue, 1)));
        using PluginLease<ITypes> types = plugin.Lease<ITypes>();
        Check.Equal("bläu", types.EchoText("bläu"));
        Check.Equal(plugin.Get<ITypes>().Mixed([1, 2, 3], "x", 1, true, default), types.Mixed([1, 2, 3], "x", 1, true, default));
    }

    private static void A_callback_is_called_in_a_lease(Plugin plugin)
    {
        using PluginLease<IWork> work = plugin.Lease<IWork>();
        var progress = new ProgressRecorder();
        Check.Equal((2, 9), (work.Count(2, progress), work.CountOptional(9, null)));
        Check.Same<(double, string)>([(0.5, "step 1"), (1, "step 2")], [.. progress.Reports]);
    }

    private static void An_exception_crosses_in_a_lease(Plugin plugin)
    {
        using PluginLease<IWork> work = plugin.Lease<IWork>();
        ArgumentException? refused = null;
        try
        {
            work.Fail("argument");
        }
        catch (ArgumentException e)
        {
            refused = e;
        }

        Check.True(refused?.InnerException is PluginFaultException { Remote.Status: -3 }, $"the exception is {refused}");
        Check.Equal(3, work.Add(1, 2));
    }

    private static void An_asynchronous_call_begins_in_a_lease_and_outlives_it(Plugin plugin)
    {
        Task<int> sum;
        using (PluginLease<IWork> work = plugin.Lease<IWork>())
        {
            sum = work.AddLater(1, 2, isLater: true).AsTask();
        }

        Check.Throws<PluginBusyException>(plugin.Stop);
        plugin.Get<IWork>().Complete();
        Check.Equal(3, Check.Wait(sum));
    }

    private static void Properties_are_read_in_a_lease(Plugin plugin)
    {
        using PluginLease<ISettings> settings = plugin.Lease<ISettings>();
        settings.Contract.Name = "ä€";
        settings.Contract.Level = 7;
        settings.Contract.Gain = 0.5;
        Check.Equal(("ä€", 7, 0.5), (settings.Name, settings.Level, settings.Gain));
    }

    private static void Members_of_a_base_are_called_in_a_lease(Plugin plugin)
    {
        using PluginLease<Shapes.IResizable> shape = plugin.Lease<Shapes.IResizable>();
        double area = shape.GetArea();
        Check.Equal(area * 2, shape.Resize(2));
        Check.Equal(area * 2, shape.GetArea());
        Check.Equal(shape.Contract.Label, shape.Label);
    }

    private static void A_serialized_contract_stays_serialized_in_a_lease(Plugin plugin)
    {
        using PluginLease<ISerial> serial = plugin.Lease<ISerial>();
        Exception? refused = null;
        _ = serial.Most(new ProgressRecorder { Then = () => refused = Again(plugin) });
        Check.True(refused is InvalidOperationException, $"the exception is {refused}");
        Check.Equal(1, serial.Most(null));

        static Exception? Again(Plugin plugin)
        {
            using PluginLease<ISerial> inner = plugin.Lease<ISerial>();
            try
            {
                _ = inner.Most(null);
                return null;
            }
            catch (InvalidOperationException e)
            {
                return e;
            }
        }
    }

    private static void A_plugin_is_busy_while_a_lease_is_held(Plugin plugin)
    {
        using (PluginLease<IWork> work = plugin.Lease<IWork>())
        {
            Check.Throws<PluginBusyException>(() => Check.Wait(Task.Run(plugin.Stop)));
            Check.Throws<PluginBusyException>(plugin.Stop);
            Check.Equal((3, 3), (work.Add(1, 2), work.Contract.Add(1, 2)));
        }

        plugin.Stop();
        Check.Throws<PluginStateException>(() => plugin.Lease<IWork>().Dispose());
        plugin.Start();
        using PluginLease<IWork> again = plugin.Lease<IWork>();
        Check.Equal(3, again.Add(1, 2));
    }

    private static void A_lease_that_has_ended_refuses_calls(Plugin plugin)
    {
        PluginLease<IWork> work = plugin.Lease<IWork>();
        PluginLease<IWork> copy = work;
        work.Dispose();
        ObjectDisposedException? refused = null;
        try
        {
            _ = copy.Add(1, 2);
        }
        catch (ObjectDisposedException e)
        {
            refused = e;
        }

        Check.True(refused?.Message.Contains("test.work/2", StringComparison.Ordinal) == true, $"the exception is {refused}");
        Check.Equal(3, copy.Contract.Add(1, 2));
    }

    private static void A_lease_that_is_ended_twice_ends_once(Plugin plugin)
    {
        using PluginLease<IWork> outer = plugin.Lease<IWork>();
        PluginLease<IWork> inner = plugin.Lease<IWork>();
        PluginLease<IWork> copy = inner;
        inner.Dispose();
        copy.Dispose();
        Check.Throws<PluginBusyException>(() => Check.Wait(Task.Run(plugin.Stop)));
        Check.Equal(3, outer.Add(1, 2));
    }

    private static void There_is_no_lease_of_what_the_plugin_does_not_offer(Plugin plugin) =>
        Check.Throws<PluginServiceMissingException>(() => plugin.Lease<IProgressSink>().Dispose());

    internal static void Calls_in_a_lease_allocate_nothing(Plugin plugin)
    {
        byte[] bytes = new byte[3];
        using PluginLease<IWork> work = plugin.Lease<IWork>();
        using PluginLease<ITypes> types = plugin.Lease<ITypes>();
        long sum = Run(work, types, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(work, types, bytes);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Check.Equal(0, after - before);
        Check.Equal(2 * 100 * (1 + 4), sum);

        static long Run(PluginLease<IWork> work, PluginLease<ITypes> types, byte[] bytes)
        {
            long sum = 0;
            for (int i = 0; i < 100; i++)
            {
                sum = work.Add((int)sum, 1) + types.Mixed(bytes, "", 1, false, default);
            }

            return sum;
        }
    }
}
