using NativePlugins.Host;

namespace NativePlugins.Storm;

/// <summary>What the process holds, counted.</summary>
internal static class Census
{
    public static SortedDictionary<string, int> Take(StormFiles files)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            ["libraries mapped"] = File.ReadLines("/proc/self/maps").Where(line => line.Contains(".so", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct().Count(),
            ["staging files"] = Directory.GetFileSystemEntries(files.Staging, "*", SearchOption.AllDirectories)
                .Count(path => Path.GetDirectoryName(path) != files.Staging),
        };
        Add(counts, "thread", Threads());
        Add(counts, "handle", Handles());
        foreach ((string name, int count) in ProcessTables.Count())
        {
            counts[$"table: {name}"] = count;
        }

        return counts;
    }

    /// <summary>What is more than before.</summary>
    public static string[] Compare(SortedDictionary<string, int> before, SortedDictionary<string, int> after) =>
    [
        .. after.Where(item => item.Value > before.GetValueOrDefault(item.Key))
            .Select(item => $"{item.Key}: {item.Value - before.GetValueOrDefault(item.Key)} left"),
    ];

    private static void Add(SortedDictionary<string, int> counts, string kind, IEnumerable<string> names)
    {
        foreach (IGrouping<string, string> group in names.GroupBy(name => name))
        {
            counts[$"{kind}: {group.Key}"] = group.Count();
        }
    }

    // The names of the threads. Those of the pool are left out, as .NET begins and ends them when it likes.
    private static IEnumerable<string> Threads() => Directory.GetDirectories("/proc/self/task")
        .Select(task => Read(() => File.ReadAllText(Path.Combine(task, "comm")).Trim()))
        .OfType<string>()
        .Where(name => !name.StartsWith(".NET TP", StringComparison.Ordinal));

    /// <summary>The open descriptors by kind, and the watches of inotify's.</summary>
    private static IEnumerable<string> Handles()
    {
        foreach (string handle in Directory.GetFiles("/proc/self/fd"))
        {
            string? target = Read(() => new FileInfo(handle).LinkTarget);
            if (target is null)
            {
                continue;
            }

            yield return target.StartsWith('/') ? target : target.Split(':')[^1].Split('[')[0] is { Length: > 0 } kind ? kind : target.Split(':')[0];
            if (target.Contains("inotify", StringComparison.Ordinal))
            {
                string information = Read(() => File.ReadAllText(handle.Replace("/fd/", "/fdinfo/", StringComparison.Ordinal))) ?? "";
                foreach (string line in information.Split('\n').Where(line => line.StartsWith("inotify wd", StringComparison.Ordinal)))
                {
                    yield return "inotify watch";
                }
            }
        }
    }

    /// <summary>Null for what has gone in the meantime.</summary>
    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
