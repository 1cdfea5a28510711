using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Runs a plugin twice, installs another library over it, reloads it, and so on; prints what happens.</summary>
internal static class Reload
{
    public static int Run(string installed, string staging, string[] next)
    {
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        Plugin plugin = host.Load(installed);
        RunTwice(plugin);
        foreach (string library in next)
        {
            Install(library, installed);
            try
            {
                PluginReload reload = plugin.Reload();
                Console.WriteLine($"generation {reload.Generation}, version {reload.Description.Version}, the old one is {reload.Retirement!.Image}");
            }
            catch (PluginException e)
            {
                Console.WriteLine($"{e.Code}, generation {plugin.Generation}, version {plugin.Description.Version}");
            }

            RunTwice(plugin);
        }

        Console.WriteLine($"resident {PluginHost.ResidentImageCount}");
        return 0;
    }

    /// <summary>In place: the installed files are never mapped.</summary>
    public static void Install(string library, string installed)
    {
        File.WriteAllBytes(installed, File.ReadAllBytes(library));
        string manifest = Path.ChangeExtension(library, ".plugin.json");
        if (File.Exists(manifest))
        {
            File.WriteAllBytes(Path.ChangeExtension(installed, ".plugin.json"), File.ReadAllBytes(manifest));
        }
    }

    private static void RunTwice(Plugin plugin)
    {
        plugin.RunCommand(["ada"], Console.Out, Console.Error);
        plugin.RunCommand(["ada"], Console.Out, Console.Error);
    }
}
