using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>What can still be done when a library's constructors or destructors do not return. Prints it, and ends with 7.</summary>
internal static class HeldLoader
{
    /// <param name="hanging">The library.</param>
    /// <param name="right">One that is right, and is loaded before.</param>
    /// <param name="other">Another one that is right, and is loaded after.</param>
    public static int Run(string hanging, string right, string other)
    {
        // The console's first use asks the system's loader for functions, which would wait for ever later.
        Console.WriteLine("begins");
        var host = new PluginHost(new PluginHostOptions { LifecycleDeadline = TimeSpan.FromSeconds(2) });
        Plugin plugin = host.Load(right);
        Print("culprit", () => host.Load(hanging).Dispose());
        Console.WriteLine($"held by {Path.GetFileName(PluginHost.LoaderHeldBy)}, {PluginHost.StuckCallCount} stuck");
        Print("next", () => host.Load(other));
        Print("next, on another thread", () => host.LoadAsync(other).GetAwaiter().GetResult());
        plugin.RunCommand([], Console.Out, Console.Error);
        plugin.Stop();
        plugin.Dispose();
        Console.WriteLine(plugin.State);
        host.DisposeAsync().AsTask().Wait();
        Console.WriteLine("ends");
        PluginHost.EndProcess(7);
        return 0;
    }

    private static void Print(string who, Action act)
    {
        try
        {
            act();
            Console.WriteLine($"{who}: done");
        }
        catch (PluginLoaderHeldException e)
        {
            Console.WriteLine($"{who}: {e.Code}, {Path.GetFileName(e.Library)}");
        }
    }
}
