using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>What kernels of other versions lack for a sandbox, and what a worker is then put under.</summary>
public sealed class LinuxSandboxSupportTests
{
    [Theory]
    [InlineData(6, true, false, null)]
    [InlineData(7, true, false, null)]
    [InlineData(0, true, false, "the kernel has no Landlock, or it is switched off")]
    [InlineData(0, false, false, "the kernel has no Landlock, or it is switched off; system calls cannot be filtered (seccomp)")]
    [InlineData(6, false, false, "system calls cannot be filtered (seccomp)")]
    [InlineData(5, true, false, "version 5 of Landlock, which does not limit signals, and sockets with an abstract name")]
    [InlineData(4, true, false, "version 4 of Landlock, which does not limit devices from being controlled, signals, and sockets with an abstract name")]
    [InlineData(2, true, true, "version 2 of Landlock, which does not limit files from being truncated, devices from being controlled, signals, and sockets with an abstract name")]
    [InlineData(3, true, false, "version 3 of Landlock, which does not limit TCP, devices from being controlled, signals, and sockets with an abstract name")]
    [InlineData(3, true, true, "version 3 of Landlock, which does not limit devices from being controlled, signals, and sockets with an abstract name")]
    [InlineData(1, true, true, "version 1 of Landlock, which does not limit files from being truncated, devices from being controlled, signals, and sockets with an abstract name")]
    public void What_is_absent_is_told(int landlock, bool hasFilter, bool allowsNetwork, string? absence)
    {
        var system = new LinuxWorkerSystem(new LinuxSandboxSupport(landlock, hasFilter));

        Assert.Equal(absence, system.FindSandboxAbsence(Sandbox(network: allowsNetwork)));
        Assert.Equal(absence, system.FindSandboxAbsence(Sandbox(tcp: allowsNetwork)));
    }

    [Theory]
    [InlineData(false, false, false, WorkerFilter.Filtered)]
    [InlineData(true, false, false, WorkerFilter.Filtered | WorkerFilter.AllowTcp)]
    [InlineData(false, true, false, WorkerFilter.Filtered | WorkerFilter.AllowNetwork)]
    [InlineData(false, false, true, WorkerFilter.Filtered | WorkerFilter.AllowProcesses)]
    public void The_filter_is_what_the_sandbox_says(bool tcp, bool network, bool processes, object filter) =>
        Assert.Equal(filter, new LinuxWorkerSystem(new LinuxSandboxSupport(6, true)).FilterFor(Sandbox(tcp, network, processes)));

    [Fact]
    public void Where_there_are_no_filters_the_worker_is_not_asked_for_one() =>
        Assert.Equal(WorkerFilter.None, new LinuxWorkerSystem(new LinuxSandboxSupport(6, false)).FilterFor(Sandbox()));

    private static WorkerSandbox Sandbox(bool tcp = false, bool network = false, bool processes = false) =>
        new() { ReadPaths = [], WritePaths = [], AllowTcp = tcp, AllowNetwork = network, AllowProcesses = processes };
}
