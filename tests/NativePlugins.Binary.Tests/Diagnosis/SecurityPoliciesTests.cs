using NativePlugins.Binary.Diagnosis;

namespace NativePlugins.Binary.Tests;

public class SecurityPoliciesTests
{
    [Theory]
    [InlineData("Name:\thost\nSeccomp:\t0\n", "", "")]
    [InlineData("Name:\thost\nSeccomp:\t2\nSeccomp_filters:\t1\n", "", "", "a seccomp filter")]
    [InlineData("", "unconfined\n", "")]
    [InlineData("", "docker-default (enforce)\n", "", "AppArmor, as docker-default (enforce)")]
    [InlineData("", "docker-default (complain)\n", "")]
    [InlineData("", "system_u:system_r:container_t:s0:c1,c2\0", "1", "SELinux, as system_u:system_r:container_t:s0:c1,c2")]
    [InlineData("", "system_u:system_r:container_t:s0:c1,c2\0", "0")]
    [InlineData("Seccomp:\t1\n", "a\u001b[31m\n", "", "a seccomp filter", "AppArmor, as a\\u001B[31m")]
    public void Those_that_can_forbid_something_are_found(string status, string label, string selinux, params string[] expected) =>
        Assert.Equal(expected, SecurityPolicies.Describe(status, label, selinux));
}
