using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>The plugins of the tests, each in a process of its own.</summary>
public sealed class IsolatedPlugins : TestPlugins
{
    public IsolatedPlugins()
        : base(Host())
    {
    }

    public static string Worker => TestTarget.PathOf("dist/native-plugins-worker");

    public static PluginHost Host() => PluginChecks.Host(new Store(), Worker);

    /// <summary>Ends the worker of a plugin that was loaded by this name, as the system does when memory is short.</summary>
    public static void Kill(string name)
    {
        foreach (int worker in WorkersOf(name))
        {
            using var process = System.Diagnostics.Process.GetProcessById(worker);
            process.Kill();
        }
    }

    /// <summary>The workers of a plugin that was loaded by this name.</summary>
    public static IEnumerable<int> WorkersOf(string name)
    {
        foreach (string directory in Directory.GetDirectories("/proc").Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0])))
        {
            bool isWorker = false;
            try
            {
                string[] status = File.ReadAllText($"{directory}/stat").Split(") ")[^1].Split(' ');
                isWorker = int.Parse(status[1], CultureInfo.InvariantCulture) == Environment.ProcessId
                    && File.ReadAllText($"{directory}/cmdline").EndsWith($"native-plugins-worker\0{name}\0", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }

            if (isWorker)
            {
                yield return int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture);
            }
        }
    }
}
