using System.Globalization;
using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>The limits of a process, getrlimit(2), as the application sets them of its worker.</summary>
internal static partial class LinuxLimits
{
    private const int ProcessorTime = 0, FileSize = 1, Data = 2, CoreSize = 4, Processes = 6, OpenFiles = 7;
    private const int NoSuchProcess = 3; // ESRCH
    private const ulong AdministratorOrResources = (1UL << 21) | (1UL << 24); // CAP_SYS_ADMIN, CAP_SYS_RESOURCE

    /// <summary>What of this the system would not hold a worker to, for a message; null if it would to all.</summary>
    public static string? FindAbsence(WorkerLimits limits) => FindAbsence(limits, ReadText("/sys/module/kernel/parameters/ignore_rlimit_data"), ReadText("/proc/self/status"));

    /// <param name="limits">The limits.</param>
    /// <param name="ignoresData">The kernel's parameter ignore_rlimit_data, Y or N; empty if it cannot be read.</param>
    /// <param name="status">The status file of this process, proc(5), whose rights a worker has too.</param>
    public static string? FindAbsence(WorkerLimits limits, string ignoresData, string status)
    {
        string[] absent =
        [
            .. limits.Memory is not null && ignoresData.StartsWith('Y') ? (string[])["Memory: the kernel was started with ignore_rlimit_data"] : [],
            .. limits.UserProcesses is not null && IsUnlimited(status) ? (string[])["UserProcesses: the system does not limit this user, who is root or has such rights"] : [],
        ];
        return absent.Length == 0 ? null : string.Join("; ", absent);
    }

    /// <summary>Sets the limits. Does nothing if the process has ended.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Set(int process, WorkerLimits limits)
    {
        // One second between the signal that can be held off and the one that cannot.
        Set(process, ProcessorTime, limits.ProcessorSeconds, limits.ProcessorSeconds + 1);
        Set(process, FileSize, limits.FileSize, limits.FileSize);
        Set(process, Data, limits.Memory, limits.Memory);
        Set(process, Processes, limits.UserProcesses, limits.UserProcesses);
        Set(process, OpenFiles, limits.OpenFiles, limits.OpenFiles);
    }

    /// <summary>
    /// A limit of one byte, as core(5) says, keeps the system from giving the dump to a program too, which a limit of 0 does not. Where the limit is 0 for good, it stays.
    /// </summary>
    public static void ForbidCoreDump(int process) => Set(process, CoreSize, 1, 1);

    /// <summary>Where less is allowed already, that stays.</summary>
    private static void Set(int process, int resource, long? soft, long? hard)
    {
        if (soft is null || hard is null)
        {
            return;
        }

        Span<ulong> now = stackalloc ulong[2];
        if ((prlimit(process, resource, 0, now) != 0 || prlimit(process, resource, [Math.Min((ulong)soft, now[0]), Math.Min((ulong)hard, now[1])], 0) != 0)
            && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw LinuxDescriptors.Failed("prlimit");
        }
    }

    /// <summary>The kernel holds neither its own root nor whoever has these rights to RLIMIT_NPROC.</summary>
    private static bool IsUnlimited(string status)
    {
        string[] lines = status.Split('\n');
        string user = Field(lines, "Uid:"), rights = Field(lines, "CapEff:");
        return user == "0" || (ulong.TryParse(rights, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits) && (bits & AdministratorOrResources) != 0);
    }

    private static string Field(string[] lines, string name) =>
        Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Trim() ?? "";

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int prlimit(int process, int resource, ReadOnlySpan<ulong> limits, nint old);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int prlimit(int process, int resource, nint limits, Span<ulong> old);
}
