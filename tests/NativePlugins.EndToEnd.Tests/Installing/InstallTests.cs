namespace NativePlugins.EndToEnd.Tests;

/// <summary>What is installed, as the published host finds it.</summary>
[Trait("Category", "Published")]
public class InstallTests
{
    [Fact]
    public void The_doctor_finds_no_problem_in_what_was_built_and_isolation_where_there_is_a_worker()
    {
        using var scratch = new Scratch();

        string findings = HostProcess.Run("doctor", "--json", "--plugin-dir", scratch.PathOf("plugins")).Exits(0).Output;

        Assert.DoesNotContain("\"problem\"", findings, StringComparison.Ordinal);
        Assert.DoesNotContain("\"isolation\"", findings, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_installed_runs_where_files_are_writable_by_the_group_by_default()
    {
        using var scratch = new Scratch();
        string published = Path.GetDirectoryName(scratch.Copy(TestTarget.PathOf("dist/libhello_c.so"), Path.Combine("published", "libhello_c.so")))!;
        string plugins = scratch.PathOf("plugins"), feed = scratch.PathOf("feed");
        HostProcess.Run("pack", published, "--output", feed).Exits(0);

        HostProcess.RunProgram(
            "/bin/sh", new HostEnvironment(), "-c", """umask 002; exec "$@" """, "sh", Repository.Host, "install", "hello_c", "--source", feed, "--plugin-dir", plugins).Exits(0);

        Assert.Equal("Hello, world!\n", HostProcess.Run("--plugin-dir", plugins, "hello_c").Exits(0).Output);
    }

    [Fact]
    public void Feeds_in_the_network_are_for_the_tool_which_the_host_says()
    {
        string error = HostProcess.Run("install", "hello_c", "--source", "https://feed.invalid/v3/index.json").Exits(64).Error;

        Assert.Contains("the .NET tool nplugin reads feeds", error, StringComparison.Ordinal);
    }
}
