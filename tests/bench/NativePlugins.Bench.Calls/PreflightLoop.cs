using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NativePlugins.Host.Verification;

namespace NativePlugins.Bench.Calls;

/// <summary>The checks before loading, and the SHA-256 of the same file, in turn. The first of each is not counted.</summary>
internal static class PreflightLoop
{
    public static int Run(string path, int repetitions)
    {
        for (int i = -1; i < repetitions; i++)
        {
            // Not measured: the hashing of the last round has left the file's bytes in the processor's caches, and nothing of what a check uses.
            PluginPreflight.Check(path);

            long start = Stopwatch.GetTimestamp();
            PluginPreflight.Check(path);
            Print("preflight", start, i);

            start = Stopwatch.GetTimestamp();
            using (FileStream file = File.OpenRead(path))
            {
                SHA256.HashData(file);
            }

            Print("hash", start, i);
        }

        return 0;
    }

    private static void Print(string step, long start, int repetition)
    {
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        if (repetition >= 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step} {time.TotalNanoseconds:F0}"));
        }
    }
}
