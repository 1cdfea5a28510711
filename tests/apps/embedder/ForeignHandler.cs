using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>
/// Handlers of SIGSEGV that are not ours (of plugins in C, which count and call the one before) are installed before, between and
/// after NativeAOT libraries. All catch their exceptions. Without the dispatcher each handler sees what it would see in a plain chain: the first one the
/// application's fault, the last one every fault. The dispatcher is there from the first plugin on, so all of them are in front of it, and see every one.
/// </summary>
internal static class ForeignHandler
{
    public static int Run(string library, string grabber)
    {
        using var host = new PluginHost();
        List<Plugin> grabbers = [.. Fault.LoadCopies(host, grabber, 1)];
        List<Plugin> plugins = [.. Fault.LoadCopies(host, library, 2)];
        grabbers.AddRange(Fault.LoadCopies(host, grabber, 1));
        plugins.AddRange(Fault.LoadCopies(host, library, 2));
        grabbers.AddRange(Fault.LoadCopies(host, grabber, 1));

        int[] before = [.. grabbers.Select(Count)];
        Console.WriteLine($"itself: {Fault.CatchNullReference()}");
        Console.WriteLine($"plugins: {string.Join(", ", plugins.Select(plugin => Fault.Run(plugin, "null-reference")))}");
        Console.WriteLine($"the handlers saw: {string.Join(", ", grabbers.Zip(before, (grabber, seen) => Count(grabber) - seen))}");
        return 0;
    }

    private static int Count(Plugin grabber) => int.Parse(Fault.Run(grabber), CultureInfo.InvariantCulture);
}
