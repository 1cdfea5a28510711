using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>
/// The runtimes of C# plugins start one after the other. One that hangs is given up at its deadline, and does not keep the others from
/// starting; who waits for longer than his own deadline is told for whom.
/// </summary>
internal static class StartTurn
{
    /// <param name="hanging">Libraries that say that they are NativeAOT, and hang when their runtime starts.</param>
    public static int Run(string library, params string[] hanging)
    {
        using var impatient = new PluginHost(new PluginHostOptions { LifecycleDeadline = TimeSpan.FromMilliseconds(500) });
        var patient = new PluginHost(new PluginHostOptions { LifecycleDeadline = Timeout.InfiniteTimeSpan });
        Console.WriteLine(Load(impatient, hanging[0]));
        Console.WriteLine(Load(patient, library));

        new Thread(() => Load(patient, hanging[1])) { IsBackground = true }.Start();
        string answer;
        string directory = Directory.CreateTempSubdirectory("embedder-").FullName;
        int count = 0;
        do
        {
            // A fresh copy each time: only the start of a runtime needs a turn, and one that is loaded has started.
            string copy = Path.Combine(directory, $"lib{count++}.so");
            File.Copy(library, copy);
            answer = Load(impatient, copy);
        }
        while (answer == "loaded");
        Directory.Delete(directory, recursive: true);
        Console.WriteLine(answer);
        return 0;
    }

    private static string Load(PluginHost host, string library)
    {
        try
        {
            host.Load(library).Dispose();
            return "loaded";
        }
        catch (PluginDeadlineException e)
        {
            return $"{e.Message.Split(" (", 2)[0]}: {e.Found}";
        }
    }
}
