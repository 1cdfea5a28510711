using NativePlugins.Host;

namespace NativePlugins.Windows.Tests;

/// <summary>Hosts that look in the given directories only, and what tests do with them.</summary>
internal static class Hosts
{
    public static PluginHost Of(params string[] directories)
    {
        var options = new PluginHostOptions { SearchEnvironment = false, SearchHostDirectory = false };
        foreach (string directory in directories)
        {
            options.Directories.Add(directory);
        }

        return new PluginHost(options);
    }

    /// <summary>The command's status and its output.</summary>
    public static (int Status, string Output) Run(this Plugin plugin, params string[] arguments)
    {
        using var output = new StringWriter();
        int status = plugin.RunCommand(arguments, output, TextWriter.Null);
        return (status, output.ToString());
    }

    /// <summary>Loads by a path, runs, and unloads.</summary>
    public static (int Status, string Output) RunOnce(string path, params string[] arguments)
    {
        using PluginHost host = Of();
        return host.Load(path).Run(arguments);
    }

    public static PluginException Refusal(string path)
    {
        using PluginHost host = Of();
        return Assert.ThrowsAny<PluginException>(() => host.Load(path));
    }

    /// <summary>Does something with another current directory.</summary>
    public static T In<T>(string directory, Func<T> body)
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = directory;
        try
        {
            return body();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}
