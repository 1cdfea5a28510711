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
    public static int[] WorkersOf(int process, string pluginId) =>
        [.. ProcessTable.ChildrenOf(process).Where(child => File.ReadAllText($"/proc/{child}/cmdline").EndsWith($"native-plugins-worker\0{pluginId}\0", StringComparison.Ordinal))];
}
