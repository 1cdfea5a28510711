using System.Globalization;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What the system knows about processes (proc(5)).</summary>
internal static class ProcessTable
{
    /// <summary>The numbers of the children of a process that have not ended.</summary>
    public static int[] ChildrenOf(int process) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => Stat(id) is { } stat && stat.Parent == process && stat.State is not ("Z" or "X"))];

    /// <summary>The children of a process, and theirs.</summary>
    public static int[] DescendantsOf(int process) => [.. ChildrenOf(process).SelectMany(child => (int[])[child, .. DescendantsOf(child)])];

    /// <summary>The command line of a process, its words separated by spaces; empty if it is gone.</summary>
    public static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Whether the process is there and has not ended. One that waits to be waited for has ended.</summary>
    public static bool IsAlive(int process) => Stat(process) is { State: not ("Z" or "X") };

    /// <summary>Waits until the process has ended.</summary>
    public static void WaitForEnd(int process)
    {
        long limit = Environment.TickCount64 + 60_000;
        while (IsAlive(process))
        {
            Assert.True(Environment.TickCount64 < limit, $"the process {process} did not end");
            Thread.Sleep(1);
        }
    }

    /// <summary>A line of /proc/PID/status.</summary>
    public static string StatusOf(int process, string field) =>
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();

    private static (string State, int Parent)? Stat(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
