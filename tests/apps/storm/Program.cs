// Twelve threads do whatever comes to them with the plugins of several hosts: load, run, stop, start, reload, cancel, dispose. Then
// everything is disposed of, and counted. Ends with 0 if nothing is left, nothing hung, and only documented exceptions came; else
// with 1 and what was wrong.
using System.Globalization;
using NativePlugins.Storm;

return args switch
{
    [string library, string bringer, string dependency, string seconds, string seed] =>
        new StormRun(new StormFiles(library, bringer, dependency), TimeSpan.FromSeconds(Number(seconds)), Number(seed)).Execute(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: storm LIBRARY BRINGER DEPENDENCY SECONDS SEED");
    return 64;
}
