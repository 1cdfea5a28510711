using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Loads a library as reloadable, says whether that worked, and waits for the end of the input if it is to.</summary>
internal static class Stage
{
    public static int Run(string library, string staging, bool isToWait)
    {
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        try
        {
            host.Load(library);
            Console.WriteLine("staged");
        }
        catch (PluginException e)
        {
            Console.WriteLine($"{e.Code}: {e.Found}");
        }

        if (isToWait)
        {
            Console.In.ReadToEnd();
        }

        return 0;
    }
}
