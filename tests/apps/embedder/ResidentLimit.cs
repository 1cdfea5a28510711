using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>
/// Loads copies of a library into two hosts until one is refused, then catches NullReferenceExceptions in itself and in
/// the first, the middle and the last plugin, on the main thread and on another one.
/// </summary>
internal static class ResidentLimit
{
    public static int Run(string library, int count)
    {
        string directory = Directory.CreateTempSubdirectory("embedder-").FullName;
        using var first = new PluginHost();
        using var second = new PluginHost();
        var plugins = new List<Plugin>();
        try
        {
            Load(library, count, directory, [first, second], plugins);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Console.WriteLine($"loaded {plugins.Count}, resident {PluginHost.ResidentImageCount} of {PluginHost.ResidentImageLimit}");
        Console.WriteLine($"itself: {Fault.CatchNullReference()}, on a thread: {OnAnotherThread(Fault.CatchNullReference)}");
        foreach (Plugin plugin in new[] { plugins[0], plugins[plugins.Count / 2], plugins[^1] })
        {
            Console.WriteLine($"plugin: {Catch(plugin)}, on a thread: {OnAnotherThread(() => Catch(plugin))}");
        }

        Console.WriteLine($"itself again: {Fault.CatchNullReference()}");
        return 0;
    }

    /// <summary>
    /// The same with one library that stays and one that is reloaded until one more generation is refused: the oldest and
    /// the newest image of the process.
    /// </summary>
    public static int RunReloading(string oldest, string reloaded, string staging, int count)
    {
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        Plugin first = host.Load(oldest);
        Plugin plugin = host.Load(reloaded);
        int refusals = 0;
        for (int i = 0; i < count; i++)
        {
            try
            {
                plugin.Reload();
            }
            catch (PluginResidentLimitException e)
            {
                refusals++;
                Console.WriteLine($"refused generation {plugin.Generation + 1}: {e.Code}, found {e.Found}");
                break;
            }
        }

        Console.WriteLine($"generation {plugin.Generation}, resident {PluginHost.ResidentImageCount}, refusals {refusals}");
        Console.WriteLine($"itself: {Fault.CatchNullReference()}, on a thread: {OnAnotherThread(Fault.CatchNullReference)}");
        foreach (Plugin each in new[] { first, plugin })
        {
            Console.WriteLine($"plugin: {Catch(each)}, on a thread: {OnAnotherThread(() => Catch(each))}");
        }

        Console.WriteLine($"itself again: {Fault.CatchNullReference()}");
        return 0;
    }

    private static void Load(string library, int count, string directory, PluginHost[] hosts, List<Plugin> plugins)
    {
        for (int i = 0; i < count; i++)
        {
            string copy = Path.Combine(directory, $"libcopy{i}.so");
            File.Copy(library, copy);
            try
            {
                plugins.Add(hosts[i % hosts.Length].Load(copy));
                _ = Fault.Run(plugins[^1]);
            }
            catch (PluginResidentLimitException e)
            {
                Console.WriteLine($"refused number {i + 1}: {e.Code}, expected {e.Expected}, found {e.Found}");
                return;
            }

            // It stays mapped; hundreds of copies need not stay on the disk.
            File.Delete(copy);
        }
    }

    private static string Catch(Plugin plugin) => $"{Fault.Run(plugin, "null-reference")}, {Fault.Run(plugin, "threads", "2")}";

    private static string OnAnotherThread(Func<string> work)
    {
        string result = "";
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
