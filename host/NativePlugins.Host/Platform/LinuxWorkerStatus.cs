using System.Globalization;
using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// What <c>/proc</c> tells of workers. An application keeps what it writes down of a worker in a file of memory, which is open as long as the worker
/// runs: so it is found among the application's descriptors, which only the same user, and the administrator, may look into.
/// </summary>
internal static partial class LinuxWorkerStatus
{
    /// <summary>The name of the file.</summary>
    public const string Name = "native-plugins-status";

    private const string Link = $"/memfd:{Name} (deleted)";
    private const nuint ClockTick = 17; // AT_CLKTCK

    /// <summary>How to read what each process has written down that this one may look into.</summary>
    public static IEnumerable<(int Application, Func<byte[]?> Read)> FindAll(int size)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                continue;
            }

            foreach (string descriptor in Descriptors(process))
            {
                yield return (id, () => Read(descriptor, size));
            }
        }
    }

    /// <summary>What a child of an application's uses; null if there is none of this number.</summary>
    public static WorkerUsage? FindUsage(int worker, int application)
    {
        // proc_pid_stat(5): the name in parentheses may contain anything; the state is the third field.
        string? stat = ReadText($"/proc/{worker}/stat");
        string[] fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (fields.Length < 13 || fields[1] != application.ToString(CultureInfo.InvariantCulture) || fields[0] is "Z" or "X")
        {
            return null;
        }

        long ticks = Number(fields[11]) + Number(fields[12]);
        nuint perSecond = getauxval(ClockTick);
        return new WorkerUsage(PrivateMemory(worker), TimeSpan.FromSeconds(perSecond == 0 ? 0 : (double)ticks / perSecond));
    }

    /// <summary>Whether a debugger is attached to a process.</summary>
    public static bool HasDebugger(int process) => ReadText($"/proc/{process}/status") is string text && Field(text, "TracerPid:") is string tracer && Number(tracer) != 0;

    private static IEnumerable<string> Descriptors(string process)
    {
        try
        {
            // The links of processes that are not to be looked into cannot be listed.
            return [.. Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Where(IsStatus)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsStatus(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget == Link;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static byte[]? Read(string descriptor, int size)
    {
        try
        {
            byte[] bytes = new byte[size];
            using FileStream file = new(descriptor, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return file.ReadAtLeast(bytes, size, throwOnEndOfStream: false) == size ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // proc_pid_smaps(5). Private to one process are pages that it has changed, and those of files that no other has mapped.
    private static long? PrivateMemory(int process)
    {
        string? rollup = ReadText($"/proc/{process}/smaps_rollup");
        return rollup is not null && Field(rollup, "Private_Clean:") is string clean && Field(rollup, "Private_Dirty:") is string dirty
            ? (Number(clean) + Number(dirty)) * 1024
            : null;
    }

    private static string? Field(string text, string name)
    {
        string? line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial nuint getauxval(nuint type);
}
