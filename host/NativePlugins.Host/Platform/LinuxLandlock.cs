using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// Landlock, landlock(7): the application makes the rules of a worker, as a descriptor, and the worker goes under them. They hold for the calling thread and
/// what it starts, so the worker then executes itself, which leaves no other thread.
/// </summary>
internal static partial class LinuxLandlock
{
    private const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const int AskVersion = 1, PathBeneath = 1;
    private const int PathOnly = 0x200000, CloseOnExec = 0x80000; // O_PATH, O_CLOEXEC
    private const int InvalidArgument = 22; // EINVAL

    private const ulong Execute = 1, WriteFile = 1 << 1, ReadFile = 1 << 2, ReadDirectory = 1 << 3, RemoveDirectory = 1 << 4, RemoveFile = 1 << 5;
    private const ulong MakeDirectory = 1 << 7, MakeFile = 1 << 8, MakeSocket = 1 << 9, MakePipe = 1 << 10, MakeLink = 1 << 12;
    private const ulong Move = 1 << 13, Truncate = 1 << 14, ControlDevice = 1 << 15, OfFirstVersion = (1 << 13) - 1;
    private const ulong Tcp = 1 | 2, AbstractSocketsAndSignals = 1 | 2;

    private const ulong Read = Execute | ReadFile | ReadDirectory;
    private const ulong Write = ReadFile | ReadDirectory | WriteFile | RemoveDirectory | RemoveFile | MakeDirectory | MakeFile | MakeSocket | MakePipe
        | MakeLink | Move | Truncate;
    private const ulong Device = ReadFile | WriteFile | Truncate | ControlDevice;
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | ControlDevice;

    // What programs and libraries are loaded from, and what the C library and the runtime read. What is not there is left out.
    private static readonly string[] s_system =
    [
        "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/usr/share/icu", "/etc/ld.so.cache",
        "/etc/localtime", "/sys",
    ];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

    /// <summary>What the kernel has: 1 came with Linux 5.13, 6 with 6.12; 0 if there is no Landlock, or it is switched off.</summary>
    public static int Version { get; } = Math.Max(0, (int)syscall(CreateRuleset, 0, 0, AskVersion));

    /// <summary>Makes the rules; null if the kernel has none at all.</summary>
    /// <exception cref="IOException">A path cannot be opened, or the system makes no rules.</exception>
    public static SafeFileHandle? Create(WorkerSandbox sandbox, string worker)
    {
        if (Version == 0)
        {
            return null;
        }

        ulong handled = OfFirstVersion | (Version >= 2 ? Move : 0) | (Version >= 3 ? Truncate : 0) | (Version >= 5 ? ControlDevice : 0);
        ulong[] attributes = [handled, Version >= 4 && !sandbox.AllowTcp && !sandbox.AllowNetwork ? Tcp : 0, Version >= 6 ? AbstractSocketsAndSignals : 0];
        nint created = syscall(CreateRuleset, attributes, Version >= 6 ? 24 : Version >= 4 ? 16 : 8, 0);
        if (created < 0)
        {
            throw LinuxDescriptors.Failed("landlock_create_ruleset");
        }

        SafeFileHandle rules = LinuxDescriptors.Move((int)created);
        try
        {
            Allow(rules, [worker, .. sandbox.ReadPaths, .. s_system.Where(Path.Exists)], Read & handled);
            Allow(rules, s_devices.Where(Path.Exists), Device & handled);
            Allow(rules, sandbox.WritePaths, Write & handled);
            return rules;
        }
        catch
        {
            rules.Dispose();
            throw;
        }
    }

    /// <summary>Called in the worker, which no_new_privs holds already: goes under the rules, for good.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Enter(SafeFileHandle rules)
    {
        // Only the worker can name its own part of /proc. The descriptor stays open: it keeps the system from making that directory anew, which the
        // rule would not be for.
        int own = open("/proc/self", PathOnly, 0);
        Allow((int)rules.DangerousGetHandle(), own, ReadFile | ReadDirectory, "/proc/self");
        if (syscall(RestrictSelf, rules.DangerousGetHandle(), 0, 0) != 0)
        {
            throw LinuxDescriptors.Failed("landlock_restrict_self");
        }
    }

    private static void Allow(SafeFileHandle rules, IEnumerable<string> paths, ulong rights)
    {
        foreach (string path in paths)
        {
            using var opened = new SafeFileHandle(open(path, PathOnly | CloseOnExec, 0), ownsHandle: true);
            Allow((int)rules.DangerousGetHandle(), (int)opened.DangerousGetHandle(), rights, path);
        }
    }

    private static void Allow(int rules, int path, ulong rights, string name)
    {
        // A file has fewer rights than a directory, and is refused with the others.
        if (path < 0 || (AddTo(rules, path, rights) != 0 && (Marshal.GetLastPInvokeError() != InvalidArgument || AddTo(rules, path, rights & OfFiles) != 0)))
        {
            throw LinuxDescriptors.Failed($"{(path < 0 ? "open" : "landlock_add_rule")} of {name}");
        }
    }

    private static nint AddTo(int rules, int path, ulong rights) => syscall(AddRule, rules, PathBeneath, [rights, (uint)path], 0);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, ReadOnlySpan<ulong> attributes, nint size, nint flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, nint rules, nint type, ReadOnlySpan<ulong> rule, nint flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);
}
