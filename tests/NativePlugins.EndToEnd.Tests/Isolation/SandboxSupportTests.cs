namespace NativePlugins.EndToEnd.Tests;

/// <summary>A sandbox on a kernel that lacks something, which Infrastructure/without.c makes of one that has it.</summary>
public sealed class SandboxSupportTests
{
    private const string NoLandlock = "the kernel has no Landlock, or it is switched off", NoFilter = "system calls cannot be filtered (seccomp)";

    [SandboxTheory]
    [InlineData("landlock", NoLandlock)]
    [InlineData("seccomp", NoFilter)]
    public void What_the_kernel_lacks_is_refused(string what, string found)
    {
        HostResult result = Without(what, "Worker:Sandbox:Required=true", "read", "/etc/passwd").Exits(69);

        Assert.Contains("host: NP5107: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"found:    {found}\n", result.Error, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Without_Landlock_the_filter_holds_where_that_will_do()
    {
        HostResult result = Without("landlock", "Worker:Sandbox:Required=false", "read", "/etc/passwd", "udp", "", "spawn", "/bin/true").Exits(0);

        Assert.Equal("0\n1\n1\n", result.Output);
        Assert.Contains($"runs in a sandbox that is not whole: the system has {NoLandlock}", result.Error, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Without_filters_Landlock_holds_where_that_will_do()
    {
        HostResult result = Without("seccomp", "Worker:Sandbox:Required=false", "read", "/etc/passwd", "udp", "").Exits(0);

        Assert.Equal("13\n0\n", result.Output);
        Assert.Contains($"runs in a sandbox that is not whole: the system has {NoFilter}", result.Error, StringComparison.Ordinal);
    }

    private static HostResult Without(string what, string setting, params string[] actions) => HostProcess.RunProgram(
        NativeFixtures.Without, new HostEnvironment(), [what, Repository.Host, "--isolate", "--set", setting, NativeFixtures.PathOf("forbidden"), .. actions]);
}
