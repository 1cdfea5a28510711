using System.Globalization;
using NativePlugins.Bench.Calls;

return args switch
{
    ["load", var plugin] => LoadOnce.Run(plugin),
    ["preflight", var plugin, var repetitions] => PreflightLoop.Run(plugin, Number(repetitions)),
    ["calls", var cPlugin, var csharpPlugin, var repetitions, var calls] =>
        CallLoops.Run(cPlugin, csharpPlugin, Number(repetitions), Number(calls)),
    ["contracts", var cPlugin, var csharpPlugin, var comLibrary, var repetitions, var calls] =>
        ContractLoops.Run(cPlugin, csharpPlugin, comLibrary, Number(repetitions), Number(calls)),
    ["threads", var plugin, var repetitions, var calls] => ThreadLoops.Run(plugin, Number(repetitions), Number(calls)),
    ["reload", var plugin, var threads, var repetitions] => ReloadLoops.Run(plugin, Number(threads), Number(repetitions)),
    ["managed-reload", var assembly, var threads, var repetitions] => ManagedReloadLoops.Run(assembly, Number(threads), Number(repetitions)),
    ["isolated", var worker, var plugin, var crashing, var repetitions, var calls] => IsolatedLoops.Run(worker, plugin, crashing, Number(repetitions), Number(calls)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: NativePlugins.Bench.Calls load PLUGIN | preflight PLUGIN REPETITIONS | calls C-PLUGIN C#-PLUGIN REPETITIONS CALLS | contracts C-PLUGIN C#-PLUGIN COM-LIBRARY REPETITIONS CALLS | threads PLUGIN REPETITIONS CALLS | reload PLUGIN THREADS REPETITIONS | managed-reload ASSEMBLY THREADS REPETITIONS | isolated WORKER PLUGIN CRASHING-PLUGIN REPETITIONS CALLS");
    return 64;
}
