namespace NativePlugins.Host.Platform;

/// <summary>What the kernel has for sandboxes.</summary>
/// <param name="Landlock">The version of Landlock: 1 came with Linux 5.13, 6 with 6.12; 0 if there is none, or it is switched off.</param>
/// <param name="HasFilter">Whether system calls can be filtered here.</param>
internal sealed record LinuxSandboxSupport(int Landlock, bool HasFilter)
{
    /// <summary>Of this system.</summary>
    public static LinuxSandboxSupport Current { get; } = new(LinuxLandlock.Version, LinuxSeccomp.IsThere);

    /// <summary>What of this cannot be limited here, for a message; null if all can.</summary>
    public string? FindAbsence(WorkerSandbox sandbox)
    {
        string[] unlimited =
        [
            .. Unlimited(3, "files from being truncated"),
            .. sandbox.AllowTcp || sandbox.AllowNetwork ? [] : Unlimited(4, "TCP"),
            .. Unlimited(5, "devices from being controlled"),
            .. Unlimited(6, "signals, and sockets with an abstract name"),
        ];
        string[] absent =
        [
            .. Landlock == 0 ? (string[])["the kernel has no Landlock, or it is switched off"]
                : unlimited.Length == 0 ? []
                : [$"version {Landlock} of Landlock, which does not limit {string.Join(", ", unlimited)}"],
            .. HasFilter ? (string[])[] : ["system calls cannot be filtered (seccomp)"],
        ];
        return absent.Length == 0 ? null : string.Join("; ", absent);
    }

    private string[] Unlimited(int version, string what) => Landlock >= version ? [] : [what];
}
