namespace NativePlugins.EndToEnd.Tests;

public class ServiceTests
{
    [Fact]
    public unsafe void A_service_of_a_plugins_own_is_called_through_its_table()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        PluginService service = host.Load(scratch.Fixture("counters")).GetService("test.add/1");

        using PluginServiceLease lease = service.Enter();
        var table = (AddTable*)lease.Table;

        Assert.Equal(sizeof(AddTable), service.TableSize);
        Assert.Equal(42, table->Add(table->Context, 19, 23));
    }

    [Fact]
    public void A_lease_keeps_the_plugin_from_being_stopped()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { DrainDeadline = TimeSpan.FromMilliseconds(50) });
        Plugin plugin = host.Load(scratch.Fixture("counters"));
        PluginService service = plugin.GetService("test.add/1");
        Exception? refusal = null;

        using (service.Enter())
        {
            var other = new Thread(() => refusal = Record.Exception(plugin.Stop));
            other.Start();
            other.Join();
        }

        Assert.IsType<PluginBusyException>(refusal);
        plugin.Stop();
        Assert.Throws<PluginStateException>(() => service.Enter());
    }

    [Fact]
    public void A_service_is_one_object_for_each_id()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("counters"));

        Assert.Same(plugin.GetService("test.add/1"), plugin.GetService("test.add/1"));
    }

    [Fact]
    public unsafe void A_hold_keeps_the_plugin_until_another_thread_ends_it()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { DrainDeadline = TimeSpan.FromMilliseconds(50) });
        Plugin plugin = host.Load(scratch.Fixture("counters"));
        PluginServiceHold hold = plugin.GetService("test.add/1").Hold();

        Assert.Throws<PluginBusyException>(plugin.Stop);
        Assert.Equal(42, ((AddTable*)hold.Table)->Add(((AddTable*)hold.Table)->Context, 19, 23));
        Assert.Equal(1, hold.Generation);
        var other = new Thread(hold.Dispose);
        other.Start();
        other.Join();
        hold.Dispose();
        plugin.Stop();
    }
}
