using System.Runtime.InteropServices;

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

    // tests/fixtures/test_add.h
    [StructLayout(LayoutKind.Sequential)]
    private readonly unsafe struct AddTable
    {
        public readonly uint StructSize;
        public readonly uint Reserved;
        public readonly void* Context;
        public readonly delegate* unmanaged[Cdecl]<void*, int, int, int> Add;
    }
}
