namespace NativePlugins.Binary.Tests;

/// <summary>A test that uses a mount of this system that does not allow code; skipped if there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoExecMountFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_mount = new(() => !OperatingSystem.IsLinux() ? null
        : File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' '))
            .Where(fields => fields[5].Split(',').Contains("noexec")).Select(fields => fields[4])
            .FirstOrDefault(point => point is "/proc" or "/sys" or "/dev/shm"));

    public NoExecMountFactAttribute() => Skip = s_mount.Value is null ? "neither /proc, nor /sys, nor /dev/shm is mounted with noexec" : null;

    public static string Mount => s_mount.Value ?? throw new InvalidOperationException("The test should have been skipped.");
}
