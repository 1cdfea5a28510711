using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>The security policies that are known to be in force for this process: proc_pid_status(5), proc_pid_attr(5), selinux(8).</summary>
internal static class SecurityPolicies
{
    /// <summary>In words, escaped; empty if none is known, or if the system is not Linux.</summary>
    public static IReadOnlyList<string> Find() => FileSystem.Current.LibraryFormat == BinaryFormat.Elf
        ? Describe(Read("/proc/self/status"), Read("/proc/self/attr/current"), Read("/sys/fs/selinux/enforce"))
        : [];

    /// <param name="status">The status of the process.</param>
    /// <param name="label">Its label of SELinux or profile of AppArmor; empty if no such module is in use.</param>
    /// <param name="selinux">Whether SELinux enforces its rules: 1 or 0; empty if it is not in use.</param>
    internal static IReadOnlyList<string> Describe(string status, string label, string selinux)
    {
        var policies = new List<string>();
        foreach (string line in status.Split('\n'))
        {
            if (line.StartsWith("Seccomp:", StringComparison.Ordinal) && line.Split(':')[1].Trim() is not ("" or "0"))
            {
                policies.Add("a seccomp filter");
            }
        }

        label = label.TrimEnd('\0', '\n');
        bool isOnlyLogged = selinux.StartsWith('0') || label.EndsWith("(complain)", StringComparison.Ordinal);
        if (label is not ("" or "unconfined") && !isOnlyLogged)
        {
            policies.Add($"{(selinux.Length > 0 ? "SELinux" : "AppArmor")}, as {UntrustedText.Escape(label)}");
        }

        return policies;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // There is no such module, or /proc is not mounted.
        }
    }
}
