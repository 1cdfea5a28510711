using System.Globalization;
using NativePlugins.Bench.Calls;

return args switch
{
    ["load", var plugin] => LoadOnce.Run(plugin),
    ["calls", var cPlugin, var csharpPlugin, var repetitions, var calls] =>
        CallLoops.Run(cPlugin, csharpPlugin, int.Parse(repetitions, CultureInfo.InvariantCulture), int.Parse(calls, CultureInfo.InvariantCulture)),
    ["contracts", var cPlugin, var csharpPlugin, var comLibrary, var repetitions, var calls] =>
        ContractLoops.Run(cPlugin, csharpPlugin, comLibrary, int.Parse(repetitions, CultureInfo.InvariantCulture), int.Parse(calls, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: NativePlugins.Bench.Calls load PLUGIN | calls C-PLUGIN C#-PLUGIN REPETITIONS CALLS | contracts C-PLUGIN C#-PLUGIN COM-LIBRARY REPETITIONS CALLS");
    return 64;
}
