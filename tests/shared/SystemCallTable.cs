namespace NativePlugins.Tests;

/// <summary>A system call that a sandbox refuses whatever its options say.</summary>
/// <param name="Name">As in the headers, without __NR_.</param>
/// <param name="X64">Its number on x64; null if it is not there.</param>
/// <param name="Arm64">The same on arm64.</param>
/// <param name="Arguments">Such that it does nothing where it is not refused.</param>
internal sealed record SystemCall(string Name, int? X64, int? Arm64, string Arguments);

/// <summary>What the tests expect of a sandbox's filter, written down apart from it.</summary>
internal static class SystemCallTable
{
    // Wrong pointers, sizes and descriptors: the kernel answers with an error and does nothing.
    private const string Wrong = "-1 -1 -1 -1 -1 -1";

    public static SystemCall[] Refused { get; } =
    [
        new("ptrace", 101, 117, "2 0 0 0"), // PTRACE_PEEKDATA of no process
        new("process_vm_readv", 310, 270, Wrong), new("process_vm_writev", 311, 271, Wrong), new("kcmp", 312, 272, Wrong),
        new("process_madvise", 440, 440, Wrong), new("pidfd_getfd", 438, 438, Wrong),
        new("bpf", 321, 280, Wrong), new("perf_event_open", 298, 241, Wrong), new("userfaultfd", 323, 282, Wrong),
        new("add_key", 248, 217, Wrong), new("request_key", 249, 218, Wrong), new("keyctl", 250, 219, Wrong),
        new("mount", 165, 40, Wrong), new("umount2", 166, 39, Wrong), new("pivot_root", 155, 41, Wrong), new("chroot", 161, 51, Wrong),
        new("open_tree", 428, 428, Wrong), new("move_mount", 429, 429, Wrong), new("fsopen", 430, 430, Wrong), new("fsconfig", 431, 431, Wrong),
        new("fsmount", 432, 432, Wrong), new("fspick", 433, 433, Wrong), new("mount_setattr", 442, 442, Wrong), new("open_tree_attr", 467, 467, Wrong),
        new("unshare", 272, 97, "0"), new("setns", 308, 268, Wrong), new("personality", 135, 92, "4294967295"),
        new("kexec_load", 246, 104, Wrong), new("kexec_file_load", 320, 294, Wrong), new("reboot", 169, 142, Wrong),
        new("create_module", 174, null, Wrong), new("init_module", 175, 105, Wrong), new("delete_module", 176, 106, Wrong),
        new("get_kernel_syms", 177, null, Wrong), new("query_module", 178, null, Wrong), new("finit_module", 313, 273, Wrong),
        new("swapon", 167, 224, Wrong), new("swapoff", 168, 225, Wrong), new("acct", 163, 89, Wrong), new("quotactl", 179, 60, Wrong),
        new("quotactl_fd", 443, 443, Wrong), new("sethostname", 170, 161, Wrong), new("setdomainname", 171, 162, Wrong),
        new("settimeofday", 164, 170, Wrong), new("clock_settime", 227, 112, Wrong), new("adjtimex", 159, 171, Wrong), new("clock_adjtime", 305, 266, Wrong),
        new("setrlimit", 160, 164, Wrong), new("syslog", 103, 116, Wrong), new("vhangup", 153, 58, ""), new("lookup_dcookie", 212, 18, Wrong),
        new("open_by_handle_at", 304, 265, Wrong), new("fanotify_init", 300, 262, Wrong), new("migrate_pages", 256, 238, Wrong), new("move_pages", 279, 239, Wrong),
        new("uselib", 134, null, Wrong), new("ustat", 136, null, Wrong), new("sysfs", 139, null, Wrong), new("_sysctl", 156, null, Wrong), new("nfsservctl", 180, 42, Wrong),
        new("modify_ldt", 154, null, Wrong), new("iopl", 172, null, Wrong), new("ioperm", 173, null, Wrong),
        new("io_uring_setup", 425, 425, Wrong), new("io_uring_enter", 426, 426, Wrong), new("io_uring_register", 427, 427, Wrong),
    ];

    /// <summary>Those that a sandbox looks into, or refuses if its options do not allow it.</summary>
    public static SystemCall[] Judged { get; } =
    [
        new("fork", 57, null, ""), new("vfork", 58, null, ""), new("execve", 59, 221, Wrong), new("execveat", 322, 281, Wrong),
        new("clone", 56, 220, Wrong), new("clone3", 435, 435, Wrong), new("ioctl", 16, 29, Wrong), new("socket", 41, 198, Wrong),
        new("socketpair", 53, 199, Wrong), new("prlimit64", 302, 261, Wrong),
    ];
}
