using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// Workers on Linux: posix_spawn(3) with a socket pair as the channel, which is descriptor 3 of the worker, and a pidfd. Needs Linux 5.4 and
/// glibc 2.34.
/// </summary>
/// <remarks>
/// PR_SET_PDEATHSIG ends a worker when the *thread* ends that has started it, so all are started by one thread that stays. A worker sets it
/// before it reads from the channel: if the application ends earlier than that, the worker finds the channel closed.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed partial class LinuxWorkerSystem(LinuxSandboxSupport? support = null) : WorkerSystem
{
    private const string NotAWorker = "This program is started by NativePlugins.Host, and by nobody else.";

    private const int Channel = 3;
    private const int DeathSignal = 1;     // PR_SET_PDEATHSIG
    private const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
    private const int Kill = 9;            // SIGKILL
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1;     // FD_CLOEXEC
    private const int NoSuchProcess = 3;   // ESRCH
    private const int PidfdOpen = 434, ThreadId = 186, ThreadIdArm64 = 178, ThreadKill = 234, ThreadKillArm64 = 131;

    private readonly Lazy<Spawner> _spawner = new(static () => new Spawner());
    private readonly Lazy<string?> _absence = new(FindAbsence);

    public override string? Absence => _absence.Value;

    public override int CurrentThread => (int)syscall(IsArm64 ? ThreadIdArm64 : ThreadId, 0, 0, 0);

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private LinuxSandboxSupport Support => support ?? LinuxSandboxSupport.Current;

    public override string? FindSandboxAbsence(WorkerSandbox sandbox) => Support.FindAbsence(sandbox);

    public override WorkerFilter FilterFor(WorkerSandbox sandbox) => !Support.HasFilter
        ? WorkerFilter.None
        : WorkerFilter.Filtered | (sandbox.AllowTcp ? WorkerFilter.AllowTcp : 0) | (sandbox.AllowNetwork ? WorkerFilter.AllowNetwork : 0)
            | (sandbox.AllowProcesses ? WorkerFilter.AllowProcesses : 0);

    public override string? FindLimitsAbsence(WorkerLimits limits) => LinuxLimits.FindAbsence(limits);

    public override WorkerProcess Start(WorkerStart start)
    {
        using SafeFileHandle? rules = start.Sandbox is null ? null : LinuxLandlock.Create(start.Sandbox, start.Path);
        (SafeFileHandle own, SafeFileHandle theirs) = LinuxDescriptors.CreateSocketPair();
        (SafeFileHandle errors, SafeFileHandle errorsIn) = LinuxDescriptors.CreatePipe();
        SharedMemory? memory = SharedMemory.Create("native-plugins", start.SharedMemorySize, out SafeFileHandle? memoryIn);
        try
        {
            using (theirs)
            using (errorsIn)
            using (memoryIn)
            {
                (int id, SafeFileHandle process) = _spawner.Value.Run(() =>
                {
                    int child = LinuxSpawn.Start(start, theirs, errorsIn, memoryIn, rules);
                    SafeFileHandle handle = Open(child);
                    if (!start.AllowCoreDump)
                    {
                        LinuxLimits.ForbidCoreDump(child);
                    }

                    return (child, handle);
                });
                return new LinuxWorkerProcess(id, process, own, errors, memory);
            }
        }
        catch
        {
            own.Dispose();
            errors.Dispose();
            memory?.Dispose();
            throw;
        }
    }

    public override void EnterSandbox()
    {
        if (Environment.GetCommandLineArgs() is not [string program, string name, LinuxSpawn.SandboxArgument, string descriptor]
            || !int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return;
        }

        using (var rules = new SafeFileHandle(number, ownsHandle: true))
        {
            if (prctl(NoNewPrivileges, 1, 0, 0, 0) != 0)
            {
                throw new IOException(NotAWorker);
            }

            LinuxLandlock.Enter(rules);
        }

        LinuxSpawn.StartAgain(Environment.ProcessPath ?? program, [program, name]);
    }

    public override WorkerLink Join(long sharedMemorySize)
    {
        if (prctl(DeathSignal, Kill, 0, 0, 0) != 0 || prctl(NoNewPrivileges, 1, 0, 0, 0) != 0 || fcntl(Channel, SetDescriptorFlags, CloseOnExec) != 0)
        {
            throw new IOException(NotAWorker);
        }

        var link = new LinuxWorkerLink(new SafeFileHandle(Channel, ownsHandle: true), SharedMemory.Inherited(LinuxSpawn.Memory, sharedMemorySize));
        return link.IsOpen ? link : throw new IOException(NotAWorker);
    }

    public override SharedMemory? CreateStatus(long size, out IDisposable? listed)
    {
        SharedMemory? memory = SharedMemory.Create(LinuxWorkerStatus.Name, size, out SafeFileHandle? descriptor);
        listed = descriptor;
        return memory;
    }

    public override IEnumerable<(int Application, Func<byte[]?> Read)> FindStatuses(int size) => LinuxWorkerStatus.FindAll(size);

    public override WorkerUsage? FindUsage(int worker, int application) => LinuxWorkerStatus.FindUsage(worker, application);

    public override bool HasDebugger(int worker) => LinuxWorkerStatus.HasDebugger(worker);

    public override void EnterFilter(WorkerFilter filter) => LinuxSeccomp.Install(filter);

    public override void SetFileModeMask(int mask) => _ = umask((uint)mask);

    public override bool IsThreadGone(int thread) =>
        syscall(IsArm64 ? ThreadKillArm64 : ThreadKill, Environment.ProcessId, thread, 0) != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess;

    /// <summary>
    /// A child that has ended keeps its number until it is waited for, so this is the right process even then. Where SIGCHLD is ignored no
    /// child waits.
    /// </summary>
    private static SafeFileHandle Open(int child)
    {
        nint handle = syscall(PidfdOpen, child, 0, 0);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw LinuxDescriptors.Failed("pidfd_open");
    }

    private static string? FindAbsence()
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), LinuxSpawn.NewestFunction, out _))
        {
            return $"the C library has no {LinuxSpawn.NewestFunction}, which came with glibc 2.34";
        }

        nint handle = syscall(PidfdOpen, Environment.ProcessId, 0, 0);
        if (handle < 0)
        {
            return $"the kernel has no pidfd_open, which came with Linux 5.3, or forbids it (errno {Marshal.GetLastPInvokeError()})";
        }

        new SafeFileHandle(handle, ownsHandle: true).Dispose();
        return null;
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport(SystemLibrary.Name)]
    private static partial uint umask(uint mask);

    /// <summary>The thread that starts all workers, and stays as long as the process.</summary>
    private sealed class Spawner
    {
        private readonly object _sync = new();
        private Action? _work;

        public Spawner() => new Thread(Loop) { IsBackground = true, Name = "NativePlugins workers" }.UnsafeStart();

        public T Run<T>(Func<T> work)
        {
            T? result = default;
            Exception? error = null;
            bool isDone = false;
            lock (_sync)
            {
                while (_work is not null)
                {
                    Monitor.Wait(_sync);
                }

                _work = () =>
                {
                    try
                    {
                        result = work();
                    }
                    catch (Exception e)
                    {
                        error = e;
                    }

                    isDone = true;
                };
                Monitor.PulseAll(_sync);
                while (!isDone)
                {
                    Monitor.Wait(_sync);
                }
            }

            return error is null ? result! : throw error;
        }

        private void Loop()
        {
            lock (_sync)
            {
                while (true)
                {
                    while (_work is null)
                    {
                        Monitor.Wait(_sync);
                    }

                    _work();
                    _work = null;
                    Monitor.PulseAll(_sync);
                }
            }
        }
    }
}
