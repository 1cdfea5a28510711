namespace NativePlugins.Host.Platform;

/// <summary>
/// What the operating system does for worker processes: it starts them, tells at once when one ends, and ends them with the application.
/// </summary>
internal abstract class WorkerSystem
{
    public static WorkerSystem Current => HostSystem.Current.Workers;

    /// <summary>For a system where there are no workers.</summary>
    public static WorkerSystem None { get; } = new NoWorkerSystem();

    /// <summary>Why there can be no worker process on this system, for a message; null if there can.</summary>
    public abstract string? Absence { get; }

    /// <summary>What a sandbox is to limit and cannot on this system, for a message; null if it can limit all.</summary>
    public abstract string? FindSandboxAbsence(WorkerSandbox sandbox);

    /// <summary>The filter that a worker in this sandbox is to go under once it is up; none where the system has none.</summary>
    public abstract WorkerFilter FilterFor(WorkerSandbox sandbox);

    /// <summary>What of these limits the system would not hold a worker to, for a message; null if it would to all.</summary>
    public abstract string? FindLimitsAbsence(WorkerLimits limits);

    /// <summary>Starts a worker. Only if <see cref="Absence"/> is null.</summary>
    /// <exception cref="IOException">The system did not start it.</exception>
    public abstract WorkerProcess Start(WorkerStart start);

    /// <summary>
    /// Called in the worker, before anything else: goes into the sandbox that the process was started with, for which it is begun anew. Returns if
    /// there is none, or if the process is in it.
    /// </summary>
    /// <exception cref="IOException">The system refuses the sandbox.</exception>
    public abstract void EnterSandbox();

    /// <summary>
    /// Called in the worker, then: takes the channel that the process was started with, and sees to it that the process
    /// ends when the application does.
    /// </summary>
    /// <param name="sharedMemorySize">The size of the memory that it shares with the application, in bytes.</param>
    /// <exception cref="IOException">This process was not started as a worker.</exception>
    public abstract WorkerLink Join(long sharedMemorySize);

    /// <summary>
    /// Makes memory in which the application writes down how a worker is, and which other processes of the same user find by
    /// <see cref="FindStatuses"/>, until <paramref name="listed"/> is disposed of; null where there is none. The worker cannot write there.
    /// </summary>
    public virtual SharedMemory? CreateStatus(long size, out IDisposable? listed)
    {
        listed = null;
        return null;
    }

    /// <summary>
    /// What all processes have written down that this one may look into: the number of the process, and how to read it at this moment, which returns null
    /// if it is gone. Nothing of it is checked.
    /// </summary>
    /// <param name="size">How many bytes of each are wanted.</param>
    public virtual IEnumerable<(int Application, Func<byte[]?> Read)> FindStatuses(int size) => [];

    /// <summary>What a worker uses at this moment; null if it is gone, or is not a child of this application's.</summary>
    public virtual WorkerUsage? FindUsage(int worker, int application) => null;

    /// <summary>Whether a debugger is attached to a worker.</summary>
    public virtual bool HasDebugger(int worker) => false;

    /// <summary>Called in the worker, before the plugin's library is mapped: puts all threads under the filter of system calls, for good.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public abstract void EnterFilter(WorkerFilter filter);

    /// <summary>Called in the worker: sets the mode bits that new files do not get, 0 to 0x1FF.</summary>
    public abstract void SetFileModeMask(int mask);

    /// <summary>Called in the worker: the system's number of the calling thread.</summary>
    public abstract int CurrentThread { get; }

    /// <summary>Called in the worker: whether a thread of this process is gone.</summary>
    public abstract bool IsThreadGone(int thread);

    private sealed class NoWorkerSystem : WorkerSystem
    {
        public override string? Absence => "worker processes are there on Linux, and not on this system yet";

        public override int CurrentThread => throw new PlatformNotSupportedException();

        public override string? FindSandboxAbsence(WorkerSandbox sandbox) => Absence;

        public override WorkerFilter FilterFor(WorkerSandbox sandbox) => WorkerFilter.None;

        public override string? FindLimitsAbsence(WorkerLimits limits) => Absence;

        public override void EnterSandbox()
        {
            // There are no workers to be in one.
        }

        public override WorkerProcess Start(WorkerStart start) => throw new PlatformNotSupportedException();

        public override WorkerLink Join(long sharedMemorySize) => throw new IOException(Absence);

        public override void EnterFilter(WorkerFilter filter) => throw new PlatformNotSupportedException();

        public override void SetFileModeMask(int mask) => throw new PlatformNotSupportedException();

        public override bool IsThreadGone(int thread) => throw new PlatformNotSupportedException();
    }
}
