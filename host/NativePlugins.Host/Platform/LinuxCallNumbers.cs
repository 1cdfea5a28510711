namespace NativePlugins.Host.Platform;

/// <summary>
/// The numbers of the system calls that a sandbox refuses or looks into, by processor: asm/unistd_64.h on x64, asm-generic/unistd.h on arm64. From 424 on they are
/// the same everywhere.
/// </summary>
internal sealed class LinuxCallNumbers
{
    public const int Clone3 = 435;

    /// <summary>The last one that was looked at: file_setattr, of Linux 6.17.</summary>
    public const int Newest = 469;

    // Above those that begin with it: fields are made in the order of the text.
    private static readonly int[] s_everywhere =
    [
        425, 426, 427,                          // io_uring_setup, io_uring_enter, io_uring_register
        428, 429, 430, 431, 432, 433, 442, 467, // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, open_tree_attr
        438, 440, 443,                          // pidfd_getfd, process_madvise, quotactl_fd
    ];

    /// <summary>AUDIT_ARCH_X86_64 or AUDIT_ARCH_AARCH64, linux/audit.h.</summary>
    public required uint Architecture { get; init; }

    public required int InputOutputControl { get; init; }

    public required int Clone { get; init; }

    public required int Socket { get; init; }

    public required int SocketPair { get; init; }

    public required int ResourceLimits { get; init; }

    /// <summary>What makes a process of its own, or executes another program in this one: fork, vfork, execve, execveat.</summary>
    public required int[] Processes { get; init; }

    /// <summary>What no plugin in a sandbox needs.</summary>
    public required int[] Refused { get; init; }

    public static LinuxCallNumbers X64 { get; } = new()
    {
        Architecture = 0xC000003E,
        InputOutputControl = 16, Clone = 56, Socket = 41, SocketPair = 53, ResourceLimits = 302,
        Processes = [57, 58, 59, 322],
        Refused =
        [
            101, 310, 311, 312,           // ptrace, process_vm_readv, process_vm_writev, kcmp
            321, 298, 323,                // bpf, perf_event_open, userfaultfd
            248, 249, 250,                // add_key, request_key, keyctl
            165, 166, 155, 161,           // mount, umount2, pivot_root, chroot
            272, 308, 135,                // unshare, setns, personality
            246, 320, 169,                // kexec_load, kexec_file_load, reboot
            174, 175, 176, 177, 178, 313, // create_module, init_module, delete_module, get_kernel_syms, query_module, finit_module
            167, 168, 163, 179,           // swapon, swapoff, acct, quotactl
            170, 171,                     // sethostname, setdomainname
            164, 227, 159, 305,           // settimeofday, clock_settime, adjtimex, clock_adjtime
            160, 103, 153, 212,           // setrlimit, syslog, vhangup, lookup_dcookie
            304, 300, 256, 279,           // open_by_handle_at, fanotify_init, migrate_pages, move_pages
            134, 136, 139, 156, 180,      // uselib, ustat, sysfs, _sysctl, nfsservctl
            154, 172, 173,                // modify_ldt, iopl, ioperm
            .. s_everywhere,
        ],
    };

    public static LinuxCallNumbers Arm64 { get; } = new()
    {
        Architecture = 0xC00000B7,
        InputOutputControl = 29, Clone = 220, Socket = 198, SocketPair = 199, ResourceLimits = 261,
        Processes = [221, 281],
        Refused =
        [
            117, 270, 271, 272,           // ptrace, process_vm_readv, process_vm_writev, kcmp
            280, 241, 282,                // bpf, perf_event_open, userfaultfd
            217, 218, 219,                // add_key, request_key, keyctl
            40, 39, 41, 51,               // mount, umount2, pivot_root, chroot
            97, 268, 92,                  // unshare, setns, personality
            104, 294, 142,                // kexec_load, kexec_file_load, reboot
            105, 106, 273,                // init_module, delete_module, finit_module
            224, 225, 89, 60,             // swapon, swapoff, acct, quotactl
            161, 162,                     // sethostname, setdomainname
            170, 112, 171, 266,           // settimeofday, clock_settime, adjtimex, clock_adjtime
            164, 116, 58, 18,             // setrlimit, syslog, vhangup, lookup_dcookie
            265, 262, 238, 239, 42,       // open_by_handle_at, fanotify_init, migrate_pages, move_pages, nfsservctl
            .. s_everywhere,
        ],
    };
}
