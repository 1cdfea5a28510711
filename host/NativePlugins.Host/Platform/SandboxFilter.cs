using static NativePlugins.Host.Platform.FilterInstruction;

namespace NativePlugins.Host.Platform;

/// <summary>
/// The program by which the kernel judges each system call of a worker in a sandbox, seccomp(2). It returns EPERM, or ENOSYS for what has another way
/// or came after this list; all else is allowed.
/// </summary>
internal static class SandboxFilter
{
    public const uint Allow = 0x7FFF0000;         // SECCOMP_RET_ALLOW
    public const uint Refuse = 0x00050000 | 1;    // SECCOMP_RET_ERRNO, EPERM
    public const uint NotThere = 0x00050000 | 38; // SECCOMP_RET_ERRNO, ENOSYS

    private const int Number = 0, Architecture = 4, Arguments = 16; // struct seccomp_data
    private const uint OtherAbi = 0x40000000;     // __X32_SYSCALL_BIT; no call of arm64 has such a number
    private const uint PushInput = 0x5412, Console = 0x541C; // TIOCSTI, TIOCLINUX
    private const uint Thread = 0x00010000;       // CLONE_THREAD
    private const uint Namespaces = 0x7E020000;   // CLONE_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET
    private const uint Local = 1, Internet4 = 2, Internet6 = 10; // AF_UNIX, AF_INET, AF_INET6
    private const uint Stream = 1, Datagram = 2, Packets = 5;    // SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET
    private const uint TypeMask = 0xF;            // SOCK_TYPE_MASK
    private const uint Tcp = 6;                   // IPPROTO_TCP

    public static FilterInstruction[] Assemble(LinuxCallNumbers numbers, WorkerFilter rules)
    {
        bool processes = rules.HasFlag(WorkerFilter.AllowProcesses);
        return
        [
            Load(Architecture),
            IfEqual(numbers.Architecture, 1, 0),
            Return(Refuse),
            Load(Number),
            IfGreater(OtherAbi - 1, 0, 1),
            Return(Refuse),
            IfGreater(LinuxCallNumbers.Newest, 0, 1),
            Return(NotThere),

            // Its flags lie in memory, where no filter can look. The C library goes on with clone.
            .. For(LinuxCallNumbers.Clone3, Return(NotThere)),
            .. numbers.Refused.SelectMany(number => For(number, Return(Refuse))),
            .. processes ? [] : numbers.Processes.SelectMany(number => For(number, Return(Refuse))),
            .. For(numbers.Clone,
                LoadArgument(0),
                processes ? IfAnyBit(Namespaces, 1, 2) : IfAnyBit(Namespaces, 1, 0),
                IfAnyBit(Thread, 1, 0),
                Return(Refuse),
                Return(Allow)),
            .. For(numbers.InputOutputControl,
                LoadArgument(1),
                IfEqual(PushInput, 1, 0),
                IfEqual(Console, 0, 1),
                Return(Refuse),
                Return(Allow)),
            .. For(numbers.ResourceLimits,
                LoadArgument(2),
                IfEqual(0, 0, 2),
                LoadUpperArgument(2),
                IfEqual(0, 1, 0),
                Return(Refuse),
                Return(Allow)),
            .. For(numbers.SocketPair,
                LoadArgument(0),
                IfEqual(Local, 1, 0),
                Return(Refuse),
                Return(Allow)),
            .. For(numbers.Socket, Sockets(rules)),
            Return(Allow),
        ];
    }

    private static FilterInstruction[] Sockets(WorkerFilter rules) =>
        rules.HasFlag(WorkerFilter.AllowNetwork) ?
        [
            LoadArgument(0),
            IfEqual(Local, 2, 0),
            IfEqual(Internet4, 1, 0),
            IfEqual(Internet6, 0, 5),
            LoadArgument(1),
            And(TypeMask),
            IfEqual(Stream, 3, 0),
            IfEqual(Datagram, 2, 0),
            IfEqual(Packets, 1, 0),
            Return(Refuse),
            Return(Allow),
        ]
        : rules.HasFlag(WorkerFilter.AllowTcp) ?
        [
            LoadArgument(0),
            IfEqual(Internet4, 1, 0),
            IfEqual(Internet6, 0, 6),
            LoadArgument(1),
            And(TypeMask),
            IfEqual(Stream, 0, 3),
            LoadArgument(2),
            IfEqual(0, 2, 0),
            IfEqual(Tcp, 1, 0),
            Return(Refuse),
            Return(Allow),
        ]
        : [Return(Refuse)];

    /// <summary>What is done for one system call. It begins with the call's number loaded, and ends with a verdict.</summary>
    private static FilterInstruction[] For(int number, params FilterInstruction[] body) => [IfEqual((uint)number, 0, body.Length), .. body];

    // The kernel takes 32 bits of these arguments, whatever the upper half is.
    private static FilterInstruction LoadArgument(int index) => Load(Arguments + (index * sizeof(ulong)));

    private static FilterInstruction LoadUpperArgument(int index) => Load(Arguments + (index * sizeof(ulong)) + sizeof(uint));
}
