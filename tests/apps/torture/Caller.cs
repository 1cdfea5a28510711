using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Host;

namespace NativePlugins.Torture;

/// <summary>
/// One thread that calls: nine times in ten and waits, else asynchronously, or with a callback in which it calls again.
/// </summary>
internal sealed unsafe class Caller(int seed, TorturedPlugin[] plugins, TortureOptions options, Violations violations)
{
    private readonly Random _random = new(seed);
    private long _refused;

    /// <summary>Calls from within one plugin into another that was being replaced: there a caller must not wait.</summary>
    public long Refused => _refused;

    public void Run(CancellationToken until)
    {
        try
        {
            while (!until.IsCancellationRequested)
            {
                TorturedPlugin plugin = plugins[_random.Next(plugins.Length)];
                switch (_random.Next(20))
                {
                    case 0:
                        CallAsynchronously(plugin);
                        break;
                    case 1:
                        Call(plugin, Duration(), withCallback: true);
                        break;
                    default:
                        Call(plugin, Duration(), withCallback: false);
                        break;
                }
            }
        }
        catch (Exception e)
        {
            violations.Add($"a call failed: {e}");
        }
    }

    /// <summary>A fifth of the calls return at once.</summary>
    private int Duration() => _random.Next(5) == 0 ? 0 : _random.Next(options.LongestCall);

    private int Call(TorturedPlugin plugin, int microseconds, bool withCallback)
    {
        int value = _random.Next(1000);
        TortureAnswer answer = default;
        int status;
        int generation;
        var nested = new NestedCall(this, plugin);
        GCHandle handle = GCHandle.Alloc(nested);
        PluginServiceLease lease = plugin.Service.Enter();
        try
        {
            generation = plugin.Plugin.Generation;
            var table = (TortureTable*)lease.Table;
            EndEarlyWithoutGate(lease);
            status = withCallback
                ? table->Call(table->Context, microseconds, value, &OnCallback, (void*)GCHandle.ToIntPtr(handle), &answer)
                : table->Call(table->Context, microseconds, value, null, null, &answer);
        }
        finally
        {
            if (options.HasGate)
            {
                lease.Dispose();
            }

            handle.Free();
        }

        plugin.Check(generation, status, value, answer);
        violations.Require(
            !withCallback || nested.Generation == generation,
            $"{plugin.Name}: generation {nested.Generation} answered a call within one of generation {generation}");
        return generation;
    }

    private void CallAsynchronously(TorturedPlugin plugin)
    {
        PluginServiceHold hold = plugin.Service.Hold();
        var call = new AsynchronousCall(plugin, hold, _random.Next(1000));
        plugin.Begun();
        var table = (TortureTable*)hold.Table;
        if (!options.HasGate)
        {
            hold.Dispose();
        }

        GCHandle handle = GCHandle.Alloc(call);
        int status = table->Begin(table->Context, Duration(), call.Value, &OnDone, (void*)GCHandle.ToIntPtr(handle));
        violations.Require(status == 0, $"{plugin.Name}: an asynchronous call could not begin: {status}");
    }

    private void EndEarlyWithoutGate(PluginServiceLease lease)
    {
        if (!options.HasGate)
        {
            lease.Dispose();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCallback(void* context) =>
        ((NestedCall)GCHandle.FromIntPtr((nint)context).Target!).Run();

    /// <summary>Called on the plugin's own thread. The plugin's stop waits for that thread, so the hold may end in here.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDone(void* context, TortureAnswer* answer)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)context);
        var call = (AsynchronousCall)handle.Target!;
        handle.Free();
        call.Plugin.Check(call.Hold.Generation, 0, call.Value, *answer);
        call.Hold.Dispose();
        call.Plugin.Ended();
    }

    private sealed record AsynchronousCall(TorturedPlugin Plugin, PluginServiceHold Hold, int Value);

    /// <summary>What is called from within a call: the same plugin, and sometimes the other one.</summary>
    private sealed class NestedCall(Caller caller, TorturedPlugin outer)
    {
        public int Generation { get; private set; }

        public void Run()
        {
            try
            {
                Generation = caller.Call(outer, caller._random.Next(2000), withCallback: false);
                TorturedPlugin other = caller.Other(outer);
                if (other != outer && caller._random.Next(2) == 0)
                {
                    caller.Call(other, 0, withCallback: false);
                }
            }
            catch (PluginReloadingException)
            {
                caller._refused++;
            }
            catch (Exception e)
            {
                caller.Report(e);
            }
        }
    }

    private TorturedPlugin Other(TorturedPlugin plugin) => Array.Find(plugins, other => other != plugin) ?? plugin;

    private void Report(Exception e) => violations.Add($"a call from within a call failed: {e}");
}
