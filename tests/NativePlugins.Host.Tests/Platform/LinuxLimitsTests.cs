using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>Which limits a system would not hold a worker to, from what it says of itself.</summary>
public sealed class LinuxLimitsTests
{
    private const string User = "Name:\tapplication\nUid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n";
    private const string Root = "Name:\tapplication\nUid:\t0\t0\t0\t0\nCapEff:\t0000000000000000\n";
    private const string UserWithAdministration = "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000200000\n";
    private const string UserWithResources = "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000001000000\n";
    private const string UserWithClock = "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000002000000\n";

    [Theory]
    [InlineData(User, false)]
    [InlineData(UserWithClock, false)]
    [InlineData("", false)]
    [InlineData(Root, true)]
    [InlineData(UserWithAdministration, true)]
    [InlineData(UserWithResources, true)]
    public void A_user_with_the_rights_of_root_is_not_held_to_a_number_of_processes(string status, bool isAbsent)
    {
        string? absence = LinuxLimits.FindAbsence(new WorkerLimits(null, null, null, null, 100), "N\n", status);

        Assert.Equal(isAbsent ? "UserProcesses: the system does not limit this user, who is root or has such rights" : null, absence);
    }

    [Theory]
    [InlineData("Y\n", "Memory: the kernel was started with ignore_rlimit_data")]
    [InlineData("N\n", null)]
    [InlineData("", null)]
    public void A_kernel_may_be_told_not_to_limit_memory(string parameter, string? absence) =>
        Assert.Equal(absence, LinuxLimits.FindAbsence(new WorkerLimits(1 << 30, null, null, null, null), parameter, User));

    [Fact]
    public void What_is_not_asked_for_is_not_missed() =>
        Assert.Null(LinuxLimits.FindAbsence(new WorkerLimits(null, 1, 32, 0, null), "Y\n", Root));
}
