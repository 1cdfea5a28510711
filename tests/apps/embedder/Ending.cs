using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Ends the process badly, in the application, in a plugin in C# or in one in C, while it carries a few of them.</summary>
internal static class Ending
{
    private const int SegmentationFault = 11;
    private const int Copies = 3;

    public static int Run(string who, string how, string library, string nativeLibrary)
    {
        using var host = new PluginHost();
        Plugin[] plugins = [.. Fault.LoadCopies(host, library, Copies)];
        Plugin native = host.Load(nativeLibrary);
        Console.WriteLine($"itself: {Fault.CatchNullReference()}, plugin: {Fault.Run(plugins[^1], "null-reference")}");
        Action end = (who, how) switch
        {
            ("application", "overflow") => () => Fault.Overflow(1),
            ("application", "null-call") => Fault.CallNothing,
            ("application", "abort") => Fault.Abort,
            ("application", "signal") => () => Fault.Raise(SegmentationFault),
            ("application", "wait") => Wait,
            ("application", "exit-in-call") => () => ExitInCall(native),
            ("application", "division") => () => Console.WriteLine($"itself: {Fault.CatchDivision(0)}"),
            ("application", "unhandled") => () => throw new InvalidOperationException("nobody handles this"),
            ("plugin", "division") => () => Console.WriteLine($"plugin: {Fault.Run(plugins[^1], how)}"),
            ("plugin", _) => () => Fault.Run(plugins[1], how),
            ("native", _) => () => Fault.Run(native, how),
            ("table", _) => () => Fault.Add(native, int.Parse(how, CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"no ending {who} {how}"),
        };
        var thread = new Thread(() => end());
        thread.Start();
        thread.Join();
        Console.WriteLine("goes on");
        return 0;
    }

    private static void ExitInCall(Plugin plugin)
    {
        using PluginServiceLease lease = plugin.GetService("test.add/1").Enter();
        Environment.Exit(3);
    }

    // Until it is killed or told to go on. On CoreCLR the first signal that was sent, and not caused by a fault, does not end the process.
    private static void Wait()
    {
        Console.WriteLine("waiting");
        Console.WriteLine(Console.ReadLine() ?? "nothing");
    }
}
