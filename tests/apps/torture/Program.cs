// Many threads call a plugin in C and one in C# while both are reloaded again and again; others use objects, events and streams. Ends with 0 if no call was lost, mixed
// between generations or refused without need, the state is exact, and memory is as it should be; else with 1 and what was wrong.
using NativePlugins.Torture;

return args switch
{
    [string c, string cReloads, string csharp, string csharpReloads, .. string[] options] =>
        new TortureRun(new TortureOptions(c, Number(cReloads), csharp, Number(csharpReloads), options)).Execute(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: torture C-LIBRARY RELOADS C#-LIBRARY RELOADS [--threads N] [--longest MICROSECONDS] [--calls N] [--contracts C-LIBRARY C#-LIBRARY] [--emulated] [--without-gate]");
    return 64;
}
