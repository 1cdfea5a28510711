namespace NativePlugins.EndToEnd.Tests;

/// <summary>Isolated plugins of this process.</summary>
internal static class Isolated
{
    public static PluginHost Host(PluginHostOptions? options = null)
    {
        options ??= new PluginHostOptions();
        options.Isolation = PluginIsolation.Process;
        options.Worker.ForwardStandardError = false;
        return new PluginHost(options);
    }

    /// <summary>The numbers of a process's workers that are for this plugin.</summary>
    public static int[] WorkersOf(int process, string pluginId) => [.. ProcessTable.ChildrenOf(process).Where(child => IsFor(child, pluginId))];

    // The worker of another test may end at any moment.
    private static bool IsFor(int worker, string pluginId)
    {
        try
        {
            return File.ReadAllText($"/proc/{worker}/cmdline").EndsWith($"native-plugins-worker\0{pluginId}\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
