using System.Globalization;

namespace NativePlugins.Torture;

/// <summary>What this process holds, after a collection.</summary>
/// <param name="Resident">Kibibytes: VmRSS.</param>
/// <param name="Private">Kibibytes: RssAnon, without the pages of files, which come and go as the system likes.</param>
/// <param name="Threads">How many there are.</param>
/// <param name="Mappings">Lines of /proc/self/maps.</param>
internal readonly record struct ProcessMemory(long Resident, long Private, int Threads, int Mappings)
{
    public static ProcessMemory Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        string[] status = File.ReadAllLines("/proc/self/status");
        return new ProcessMemory(
            Kibibytes(status, "VmRSS:"), Kibibytes(status, "RssAnon:"), Directory.GetDirectories("/proc/self/task").Length,
            File.ReadLines("/proc/self/maps").Count());
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Resident / 1024.0:F1} MiB resident, {Private / 1024.0:F1} of them private, {Threads} threads, {Mappings:N0} mappings");

    private static long Kibibytes(string[] status, string name) => long.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^" kB".Length], CultureInfo.InvariantCulture);
}
