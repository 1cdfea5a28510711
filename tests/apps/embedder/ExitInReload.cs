using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Ends the process while a reload is under way, without stopping anything first.</summary>
internal static class ExitInReload
{
    /// <param name="library">Reloaded as it is.</param>
    /// <param name="staging">Where copies are made.</param>
    /// <param name="phase">
    /// "approve": the reload stands still before the new library is mapped. "load": it goes on, and ends the process as
    /// soon as it can be seen that the library is being loaded. "retire": the new generation serves already.
    /// </param>
    public static int Run(string library, string staging, string phase)
    {
        var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        Plugin plugin = host.Load(library);
        using var reached = new ManualResetEventSlim();
        plugin.Reloading += (_, _) =>
        {
            if (phase is "approve" or "load")
            {
                reached.Set();
            }

            if (phase == "approve")
            {
                Thread.Sleep(Timeout.Infinite);
            }
        };
        plugin.Reloaded += (_, _) =>
        {
            reached.Set();
            Thread.Sleep(phase == "retire" ? Timeout.Infinite : 0);
        };
        _ = plugin.ReloadAsync();
        reached.Wait();
        Console.WriteLine("ends");
        return 0;
    }
}
