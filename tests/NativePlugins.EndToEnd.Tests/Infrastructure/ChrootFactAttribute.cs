namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test in another root directory, skipped where the system does not allow that.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChrootFactAttribute : FactAttribute
{
    private static readonly string[][] s_ways = [[Absolute("chroot")], [Absolute("unshare"), "--map-root-user", Absolute("chroot")]];

    private static readonly Lazy<string[]?> s_command = new(() => s_ways.FirstOrDefault(Works));

    public ChrootFactAttribute() =>
        Skip = s_command.Value is null ? "Neither chroot nor unshare --map-root-user chroot is allowed here." : null;

    /// <summary>The program that changes the root, with its options; for root, or for anybody in a user namespace.</summary>
    public static string[] Command => s_command.Value!;

    // The program is started with an empty environment, without a PATH to find it by.
    private static string Absolute(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) ?? program;

    private static bool Works(string[] way)
    {
        try
        {
            return Tool.Try(way[0], [.. way[1..], "/", "true"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
